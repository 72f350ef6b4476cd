export declare function emitExample(source: string): string;
export declare function writeWhole(file: string, text: string): void;
