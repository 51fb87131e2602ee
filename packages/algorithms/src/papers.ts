/** Papers of the methods that exist for classification and for regression. */
export const papers = {
  maml: {
    title: "Model-Agnostic Meta-Learning for Fast Adaptation of Deep Networks",
    authors: ["Chelsea Finn", "Pieter Abbeel", "Sergey Levine"],
    year: 2017,
    url: "https://arxiv.org/abs/1703.03400",
  },
  anil: {
    title: "Rapid Learning or Feature Reuse? Towards Understanding the Effectiveness of MAML",
    authors: ["Aniruddh Raghu", "Maithra Raghu", "Samy Bengio", "Oriol Vinyals"],
    year: 2020,
    url: "https://arxiv.org/abs/1909.09157",
  },
  reptile: {
    title: "On First-Order Meta-Learning Algorithms",
    authors: ["Alex Nichol", "Joshua Achiam", "John Schulman"],
    year: 2018,
    url: "https://arxiv.org/abs/1803.02999",
  },
  metaSgd: {
    title: "Meta-SGD: Learning to Learn Quickly for Few-Shot Learning",
    authors: ["Zhenguo Li", "Fengwei Zhou", "Fei Chen", "Hang Li"],
    year: 2017,
    url: "https://arxiv.org/abs/1707.09835",
  },
};
