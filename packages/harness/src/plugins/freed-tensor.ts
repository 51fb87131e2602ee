/** What a plugin's author does not see in "Tensor is disposed". */
export const whatIsFreed =
  "What is made inside minimise(), a gradient, tidy() or a step of iterate() is freed at its end, save what it returns: return what minimise() gives back, or compute the tensor again outside.";

/** What TensorFlow.js says of a tensor that was freed: by its own check, or because the tensor's data is not there. */
const freed = /Tensor is disposed|undefined \(reading 'backend'\)/;

/** Does an error come from the use of a freed tensor? */
export const isFreedTensor = (message: string): boolean => freed.test(message);
