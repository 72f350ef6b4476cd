import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

const first = { dataFormat: "channels_first" } as const;

export const image: LayerRows<
  | "Resizing"
  | "CenterCrop"
  | "RandomCrop"
  | "RandomFlip"
  | "RandomRotation"
  | "RandomZoom"
  | "RandomTranslation"
  | "RandomContrast"
  | "RandomBrightness"
  | "RandomHue"
  | "RandomSaturation"
  | "RandomColorJitter"
  | "RandomColorDegeneration"
  | "RandomGrayscale"
  | "RandomGaussianBlur"
  | "RandomInvert"
  | "RandomPosterization"
  | "RandomSharpness"
  | "RandomShear"
  | "RandomPerspective"
  | "RandomErasing"
  | "RandomElasticTransform"
  | "AutoContrast"
  | "Equalization"
  | "ContrastLimitedAdaptiveHistogramEqualization"
  | "Solarization"
  | "MixUp"
  | "CutMix"
  | "RandAugment"
  | "AugMix"
  | "MaxNumBoundingBoxes"
  | "STFTSpectrogram"
  | "MelSpectrogram"
  | "Pipeline"
> = {
  Resizing: [
    { fixture: "resizing", make: (o) => new layers.Resizing(3, 4, o) },
    { fixture: "resizing_nearest", make: (o) => new layers.Resizing(7, 4, { interpolation: "nearest", ...o }) },
    {
      fixture: "resizing_crop",
      make: (o) =>
        new layers.Resizing(4, 3, { interpolation: "bicubic", cropToAspectRatio: true, antialias: true, ...o }),
    },
    {
      fixture: "resizing_pad",
      make: (o) => new layers.Resizing(8, 4, { padToAspectRatio: true, fillValue: 0.5, ...first, ...o }),
    },
    { fixture: "resizing_ids", make: (o) => new layers.Resizing(3, 6, o) },
  ],
  CenterCrop: [
    { fixture: "center_crop", make: (o) => new layers.CenterCrop(3, 2, o) },
    { fixture: "center_crop_first", make: (o) => new layers.CenterCrop(2, 3, { ...first, ...o }) },
    { fixture: "center_crop_small", make: (o) => new layers.CenterCrop(7, 4, o) },
  ],
  RandomCrop: [{ fixture: "random_crop", make: (o) => new layers.RandomCrop(5, 6, { seed: 3, ...o }) }],
  RandomFlip: [{ fixture: "random_flip", make: (o) => new layers.RandomFlip("horizontal", { seed: 3, ...o }) }],
  RandomRotation: [
    {
      fixture: "random_rotation",
      make: (o) => new layers.RandomRotation(0.2, { fillMode: "constant", fillValue: 0.5, ...o }),
    },
  ],
  RandomZoom: [
    {
      fixture: "random_zoom",
      make: (o) => new layers.RandomZoom([-0.1, 0.3], { widthFactor: 0.2, interpolation: "nearest", ...o }),
    },
  ],
  RandomTranslation: [
    { fixture: "random_translation", make: (o) => new layers.RandomTranslation(0.2, [-0.1, 0.3], o) },
  ],
  RandomContrast: [
    { fixture: "random_contrast", make: (o) => new layers.RandomContrast(0.3, { valueRange: [0, 1], ...o }) },
  ],
  RandomBrightness: [{ fixture: "random_brightness", make: (o) => new layers.RandomBrightness([-0.2, 0.3], o) }],
  RandomHue: [{ fixture: "random_hue", make: (o) => new layers.RandomHue(0.3, { valueRange: [0, 1], ...o }) }],
  RandomSaturation: [{ fixture: "random_saturation", make: (o) => new layers.RandomSaturation([0.3, 0.7], o) }],
  RandomColorJitter: [
    {
      fixture: "random_color_jitter",
      make: (o) =>
        new layers.RandomColorJitter({ valueRange: [0, 1], brightnessFactor: 0.2, hueFactor: [0.1, 0.2], ...o }),
    },
  ],
  RandomColorDegeneration: [
    { fixture: "random_color_degeneration", make: (o) => new layers.RandomColorDegeneration(0.4, o) },
  ],
  RandomGrayscale: [{ fixture: "random_grayscale", make: (o) => new layers.RandomGrayscale({ factor: 0.3, ...o }) }],
  RandomGaussianBlur: [
    {
      fixture: "random_gaussian_blur",
      make: (o) => new layers.RandomGaussianBlur({ factor: 0.5, kernelSize: [3, 5], sigma: [0.1, 0.9], ...o }),
    },
  ],
  RandomInvert: [{ fixture: "random_invert", make: (o) => new layers.RandomInvert({ factor: 0.4, ...o }) }],
  RandomPosterization: [{ fixture: "random_posterization", make: (o) => new layers.RandomPosterization([2, 5], o) }],
  RandomSharpness: [{ fixture: "random_sharpness", make: (o) => new layers.RandomSharpness(0.3, o) }],
  RandomShear: [
    { fixture: "random_shear", make: (o) => new layers.RandomShear({ xFactor: [0.1, 0.3], yFactor: 0.2, ...o }) },
  ],
  RandomPerspective: [
    {
      fixture: "random_perspective",
      make: (o) => new layers.RandomPerspective({ factor: [0.3, 0.7], scale: 0.5, ...o }),
    },
  ],
  RandomErasing: [
    { fixture: "random_erasing", make: (o) => new layers.RandomErasing({ scale: [0.1, 0.2], fillValue: 1.5, ...o }) },
  ],
  RandomElasticTransform: [
    {
      fixture: "random_elastic_transform",
      make: (o) => new layers.RandomElasticTransform({ factor: [0.2, 0.4], scale: 0.3, ...o }),
    },
  ],
  AutoContrast: [
    { fixture: "auto_contrast_bytes", make: (o) => new layers.AutoContrast(o) },
    { fixture: "auto_contrast_range", make: (o) => new layers.AutoContrast({ valueRange: [-2, 2], ...o }) },
  ],
  Equalization: [{ fixture: "equalization", make: (o) => new layers.Equalization({ bins: 64, ...o }) }],
  ContrastLimitedAdaptiveHistogramEqualization: [
    {
      fixture: "clahe",
      make: (o) =>
        new layers.ContrastLimitedAdaptiveHistogramEqualization({ valueRange: [-2, 2], tileGridSize: [2, 3], ...o }),
    },
  ],
  Solarization: [
    {
      fixture: "solarization",
      make: (o) => new layers.Solarization({ additionFactor: 0.2, thresholdFactor: [0.1, 0.4], ...o }),
    },
  ],
  MixUp: [{ fixture: "mix_up", make: (o) => new layers.MixUp({ alpha: 0.4, ...o }) }],
  CutMix: [{ fixture: "cut_mix", make: (o) => new layers.CutMix({ factor: 0.5, ...o }) }],
  RandAugment: [{ fixture: "rand_augment", make: (o) => new layers.RandAugment({ numOps: 1, factor: 0.3, ...o }) }],
  AugMix: [
    { fixture: "aug_mix", make: (o) => new layers.AugMix({ numChains: 2, chainDepth: 1, allOps: false, ...o }) },
  ],
  MaxNumBoundingBoxes: [{ fixture: "max_num_bounding_boxes", make: (o) => new layers.MaxNumBoundingBoxes(3, o) }],
  STFTSpectrogram: [
    { fixture: "stft_spectrogram", make: (o) => new layers.STFTSpectrogram("log", { frameLength: 6, ...o }) },
    {
      fixture: "stft_spectrogram_psd",
      make: (o) =>
        new layers.STFTSpectrogram("psd", {
          frameLength: 5,
          frameStep: 2,
          fftLength: 8,
          padding: "same",
          expandDims: true,
          ...o,
        }),
    },
    {
      fixture: "stft_spectrogram_stft",
      make: (o) =>
        new layers.STFTSpectrogram("stft", {
          frameLength: 4,
          window: "hamming",
          scaling: "spectrum",
          periodic: true,
          ...first,
          ...o,
        }),
    },
    {
      fixture: "stft_spectrogram_real",
      make: (o) =>
        new layers.STFTSpectrogram("real", {
          frameLength: 4,
          window: null,
          scaling: null,
          expandDims: true,
          ...first,
          ...o,
        }),
    },
    ...(["angle", "magnitude", "imag"] as const).map((mode) => ({
      fixture: `stft_spectrogram_${mode}`,
      make: (o: { readonly name: string }) => new layers.STFTSpectrogram(mode, { frameLength: 4, ...o }),
    })),
  ],
  MelSpectrogram: [
    {
      fixture: "mel_spectrogram",
      make: (o) =>
        new layers.MelSpectrogram({
          fftLength: 32,
          sequenceStride: 8,
          numMelBins: 6,
          samplingRate: 800,
          minFreq: 20,
          ...o,
        }),
    },
    {
      fixture: "mel_spectrogram_power",
      make: (o) =>
        new layers.MelSpectrogram({
          fftLength: 16,
          sequenceLength: 12,
          sequenceStride: 5,
          numMelBins: 4,
          samplingRate: 400,
          maxFreq: 150,
          powerToDb: false,
          magExp: 1.5,
          ...o,
        }),
    },
  ],
  Pipeline: [
    {
      fixture: "pipeline",
      make: (o) =>
        new layers.Pipeline(
          [new layers.Dense(3, { name: "one", activation: "tanh" }), new layers.Dense(2, { name: "two" })],
          o,
        ),
    },
  ],
};
