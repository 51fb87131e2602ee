/** File of a work folder that holds training under way. */
export const checkpointFile = "checkpoint.bin";
/** File of a work folder that holds what training selected. */
export const parametersFile = "parameters.bin";
