/** Recurrent and image nets that are measured when asked for. */
export declare const moreNames: readonly string[];
/** Models that nobody tuned for. */
export declare const wideNames: readonly string[];
