import { factor, packedLength, solve } from './packed.ts';

/** Rows of numbers that are known of each movie, `width` to a row. */
export interface FeatureRows {
  readonly rows: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Linear map from features to targets: `width` rows of `outputs` numbers. */
export interface LinearMap {
  readonly width: number;
  readonly outputs: number;
  readonly weights: Float64Array;
}

/** Ridge regression on rows of features that stay the same while what they explain changes. */
export class Ridge {
  readonly #features: FeatureRows;
  readonly #factor: Float64Array;

  /** @param penalty On squared weights. */
  constructor(features: FeatureRows, penalty: number) {
    const { rows, width, values } = features;
    const squares = new Float64Array(packedLength(width));
    for (let row = 0; row < rows; row++) {
      for (let i = 0, at = 0; i < width; at += ++i) {
        const value = values[row * width + i]!;
        if (value === 0) continue;
        for (let j = 0; j <= i; j++) squares[at + j]! += value * values[row * width + j]!;
      }
    }
    for (let i = 0; i < width; i++) squares[packedLength(i) + i]! += penalty;
    this.#features = features;
    this.#factor = factor(squares, width);
  }

  /** @param targets `outputs` numbers for each row. */
  fit(targets: Float64Array | Float32Array, outputs: number): LinearMap {
    const { rows, width, values } = this.#features;
    const weights = new Float64Array(width * outputs);
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < width; i++) {
        const value = values[row * width + i]!;
        if (value === 0) continue;
        for (let o = 0; o < outputs; o++) weights[i * outputs + o]! += value * targets[row * outputs + o]!;
      }
    }
    const column = new Float64Array(width);
    for (let o = 0; o < outputs; o++) {
      for (let i = 0; i < width; i++) column[i] = weights[i * outputs + o]!;
      solve(this.#factor, width, column);
      for (let i = 0; i < width; i++) weights[i * outputs + o] = column[i]!;
    }
    return { width, outputs, weights };
  }
}

/** What a map says of one row of features that begins at `offset`. */
export function mapRow(
  { width, outputs, weights }: LinearMap,
  features: Float32Array,
  offset: number,
): Float64Array {
  const result = new Float64Array(outputs);
  for (let i = 0; i < width; i++) {
    const value = features[offset + i]!;
    if (value === 0) continue;
    for (let o = 0; o < outputs; o++) result[o]! += value * weights[i * outputs + o]!;
  }
  return result;
}
