import { OptionError } from "./errors.js";

/** A class that can be created by its name in a file. */
export interface NamedClass {
  readonly className: string;
}

/**
 * Users' classes by their names in files. Only what is registered here (or built in) is ever created from a file;
 * nothing is imported by name.
 */
export class Registry<C extends NamedClass> {
  readonly #classes = new Map<string, C>();
  readonly #kind: string;

  /** @param kind what the classes are, for messages, e.g. "layer" */
  constructor(kind: string) {
    this.#kind = kind;
  }

  /**
   * Registers the class. Keras calls it `package>ClassName` in files; both that and the bare name find it.
   * @throws {OptionError} when another class already has the name
   */
  register<T extends C>(cls: T, packageName = "Custom"): T {
    const { className } = cls;
    if (!className || !Object.hasOwn(cls, "className")) {
      throw new OptionError({
        code: "class-name",
        what: `A ${this.#kind} class needs its own static className to be registered`,
        received: (cls as unknown as { name: string }).name || "an anonymous class",
        fix: 'Add `static readonly className: string = "..."` to the class',
      });
    }
    for (const name of [className, `${packageName}>${className}`]) {
      const present = this.#classes.get(name);
      if (present !== undefined && present !== cls) {
        throw new OptionError({
          code: "class-registered",
          what: `Another ${this.#kind} class is registered as "${name}"`,
          fix: "Give one of the two another className",
        });
      }
      this.#classes.set(name, cls);
    }
    return cls;
  }

  /** The class of that name, with or without its package; undefined if none is registered. */
  find(name: string): C | undefined {
    return this.#classes.get(name);
  }

  /** `package>ClassName` of a registered class, as in files; null for others. */
  registeredName(cls: C): string | null {
    for (const [name, present] of this.#classes) if (present === cls && name.includes(">")) return name;
    return null;
  }

  names(): string[] {
    return [...this.#classes.keys()].filter((name) => !name.includes(">"));
  }
}
