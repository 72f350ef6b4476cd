export declare function emitExample(source: string): string;
