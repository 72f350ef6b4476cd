// Writes docs/reliability.md from what the last full run of the suites (npm run reliability) has measured.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const read = (suite) => {
  try {
    return JSON.parse(readFileSync(join(root, ".cache/reliability", `${suite}.json`), "utf8"));
  } catch {
    return null;
  }
};
const n = (value) => value.toLocaleString("en-US");
const ms = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const on = ({ machine }) => `${machine.cores} cores of ${machine.cpu}, Node ${machine.node}`;
const missing = "Not measured yet: run `npm run reliability`.";
const section = (title, command, figures, text) =>
  [
    `## ${title}`,
    "",
    `\`${command}\``,
    "",
    figures === null ? missing : `${text(figures)}\n\nMeasured on ${on(figures)}.`,
    "",
  ].join("\n");
const vitest = (suite) => `PAWL_RELIABILITY=full npx vitest run test/reliability/${suite}`;

const codes = ["ENOSPC", "EIO", "EACCES", "EMFILE", "EROFS"].map((code) => [code, read(`failed-operations-${code}`)]);
const failed = codes.every(([, figures]) => figures !== null) ? { machine: codes[0][1].machine, codes } : null;
const threads = read("thread-failures");
const growths = ["dense", "convolution", "embedding"].map((model) => [model, read(`memory-${model}`)]);
const peaks = ["sgd-1", "adam-1", "adam-2"].map((name) => read(`memory-${name}`));
const memory = [...growths.map(([, figures]) => figures), ...peaks].every((figures) => figures !== null)
  ? { machine: peaks[0].machine, growths, peaks }
  : null;
const mb = (bytes) => `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
const sizes = [1, 4, 16, 64, 128, 256, 500].map((size) => read(`stall-${size}`));
const stalls = sizes.every((figures) => figures !== null) ? { machine: sizes[0].machine, rows: sizes } : null;

const parts = [
  "# Reliability, measured",
  "",
  "Every figure here is measured by `npm run reliability`, which runs the suites one after the other and writes this page. A quick",
  "part of each suite runs in `npm test`.",
  "",
  section(
    "Exact at every step",
    vitest("reference-models"),
    read("reference-models"),
    ({ models, stops, differences }) => {
      const total = Object.values(stops).reduce((sum, count) => sum + count, 0);
      const rows = Object.entries(stops).map(([name, count]) => `| ${name} | ${count} |`);
      return [
        `${models} models, each trained for three epochs and stopped at each of its cuts (after every step, and at the end of every epoch);`,
        `each time a fresh process went on from that checkpoint alone. SHA-256 of weights, optimizer and history differed from the`,
        `training that was never stopped in **${differences} of ${n(total)}** cases.`,
        "",
        "| model | stops |",
        "| --- | ---: |",
        ...rows,
      ].join("\n");
    },
  ),
  section(
    "Killed at random moments",
    vitest("kills"),
    read("kills"),
    ({ kills, trainings, wrongEnds, manualRepairs, inSave, halfWritten }) =>
      [
        `Real processes, a save after every step, SIGKILL at random moments (compiling, in a step, in a save), started again until the`,
        `training was done. **${n(kills)} kills** of ${n(trainings)} trainings, ${n(inSave)} of them while a file was half written: **${wrongEnds} wrong ends,`,
        `${manualRepairs} manual repairs**, ${halfWritten} leftovers of dead processes afterwards.`,
      ].join("\n"),
  ),
  section(
    "Killed while workers make the records",
    vitest("data-kills"),
    read("data-kills"),
    ({ kills, trainings, wrongEnds, manualRepairs, inSave, halfWritten }) =>
      [
        `The same for a training over a pipeline: a cache in a file (killed while it is written too), filters before and after it, and`,
        `records that 0, 1, 2 or 4 workers make, another number at each start. **${n(kills)} kills** of ${n(trainings)} trainings, ${n(inSave)} of them while a`,
        `file was half written: **${wrongEnds} wrong ends, ${manualRepairs} manual repairs**, ${halfWritten} leftovers of dead processes afterwards.`,
      ].join("\n"),
  ),
  section(
    "A sweep and its trials killed",
    vitest("sweep-kills"),
    read("sweep-kills"),
    ({ kills, ofTheSweep, ofTrials, sweeps, trials, epochs, wrongEnds, manualRepairs, halfWritten }) =>
      [
        `Population based training of ${trials} trials over ${epochs} epochs, the worst of which go on as forks of the best after each; a save`,
        `after every step. SIGKILL at random moments, of the sweep or of a process that trains for it; started again with 1, 2 or 4 processes.`,
        `**${n(kills)} kills** of ${n(sweeps)} sweeps, ${n(ofTheSweep)} of the sweep itself and ${n(ofTrials)} of its trials: the winner, the parameters, values and SHA-256`,
        `of all trials were other than those of the sweep that was left alone in **${wrongEnds}** cases; **${manualRepairs} manual repairs**, ${halfWritten} leftovers of dead`,
        "processes afterwards.",
      ].join("\n"),
  ),
  section(
    "Whatever a crash leaves on the disk",
    vitest("crash-states"),
    read("crash-states"),
    ({ states, distinct, saves }) =>
      [
        `The file operations of ${n(saves)} saves, replayed to every prefix; every change that was not synced lost, done, torn or turned to`,
        `zeros, each by itself: **${n(states)} states**, ${n(distinct)} different ones. In every one of them what had been acknowledged was there,`,
        "what loaded was exactly a state that had been saved, and the next save worked.",
      ].join("\n"),
  ),
  section("When a file operation fails", vitest("failed-operations"), failed, ({ codes }) =>
    [
      "The n-th file operation of a training with a save after every step fails, for every n. Either the training goes on to the same",
      "bits, says what failed, and has a good checkpoint; or, where the folder cannot be used before the first step, it is refused.",
      "The same command afterwards ends with the same bits, without any repair.",
      "",
      "| code | operations | went on | refused before the first step | lost |",
      "| --- | ---: | ---: | ---: | ---: |",
      ...codes.map(
        ([code, { operations, wentOn, refused }]) =>
          `| ${code} | ${operations} | ${wentOn} | ${refused} | ${operations - wentOn - refused} |`,
      ),
    ].join("\n"),
  ),
  section(
    "When a call fails in the thread that writes",
    vitest("thread-failures"),
    threads,
    ({ codes, operations, wentOn, refused }) =>
      [
        "The same in real processes, where each call of the system that the writing thread makes (stat, open, write, sync, close,",
        `rename) fails once with each of ${codes.join(", ")}: of **${n(operations)} failures** training went on to the same bits and`,
        `named the failure after ${n(wentOn)}, and was refused before its first step after ${n(refused)}. The same command afterwards always ended`,
        "with the same bits.",
      ].join("\n"),
  ),
  section("Stopped by a signal", vitest("stops"), read("stops"), ({ stops, trainings, wrongEnds, median, most }) =>
    [
      "Batches in two parts on two threads, validation, a run folder and a ModelCheckpoint; SIGINT or SIGTERM at each phase (compiling,",
      "in a step, in a save, in each hook, in validation), and at random moments. Each ends with exit code 130 or 143 and a durable",
      `checkpoint at that step. Of **${n(stops)} random stops** of ${n(trainings)} trainings, **${wrongEnds} wrong ends**; from the signal to the end of the process`,
      `${ms(median)} ms (median), ${ms(most)} ms in 95 of 100.`,
    ].join("\n"),
  ),
  section("Memory", vitest("memory"), memory, ({ growths, peaks }) =>
    [
      "What a process has more after 10,000 further steps, with checkpoints, a CSV log, the best weights kept, and validation:",
      "",
      "| model | resident | heap |",
      "| --- | ---: | ---: |",
      ...growths.map(([model, { resident, heap }]) => `| ${model} | ${mb(resident)} | ${mb(heap)} |`),
      "",
      "The most that a training with a save after every step takes, in sizes of its state (weights and optimizer): the state, where the",
      "next step's state is written, gradients (one copy, or one for each shard and their sum), and one copy that waits to be written.",
      "",
      "| optimizer | shards | state | gradients | most | of the state |",
      "| --- | ---: | ---: | ---: | ---: | ---: |",
      ...peaks.map(
        ({ optimizer, shards, most, weights, state }) =>
          `| ${optimizer} | ${shards} | ${mb(state)} | ${mb(shards === 1 ? weights : (shards + 1) * weights)} | ${mb(most)} | ${(most / state).toFixed(1)} |`,
      ),
    ].join("\n"),
  ),
  section("How long training stands still for a save", vitest("stall"), stalls, ({ rows }) =>
    [
      "Milliseconds between the end of a step's hooks and the next step, with a save in between less without; beside it a copy of as",
      "many bytes between warm buffers in the same moments. Medians, with the least in parentheses. The goal is 1.25 copies + 1 ms,",
      "medians both.",
      "",
      "| state | saves | stall | warm copy | goal | within | until durable |",
      "| ---: | ---: | ---: | ---: | ---: | :-: | ---: |",
      ...rows.map(
        ({ megabytes, saves, stall, copy, write, withinGoal }) =>
          `| ${megabytes.toFixed(0)} MB | ${saves} | ${ms(stall.median)} ms (${ms(stall.least)}) | ${ms(copy.median)} ms (${ms(copy.least)}) | ${ms(1.25 * copy.median + 1)} ms | ${withinGoal ? "yes" : "no"} | ${ms(write)} ms |`,
      ),
      "",
      ...rows
        .filter(({ share }) => share !== null)
        .map(
          ({ megabytes, share }) =>
            `With \`every: "auto"\` all of saving, as if training had waited for the disk, took ${(100 * share).toFixed(2)} % of the time (${megabytes.toFixed(0)} MB).`,
        ),
    ].join("\n"),
  ),
];
writeFileSync(join(root, "docs/reliability.md"), `${parts.join("\n").trimEnd()}\n`);
console.log("Wrote docs/reliability.md");
