import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
  type APITextDisplayComponent,
  type APIThumbnailComponent,
  ComponentType,
} from 'discord-api-types/v10';
import type { Span } from '../../src/messages/wording.ts';
import { assertAtMost, COMPONENT_BYTES, COMPONENTS, fairShare, TEXT } from './limits.ts';
import { type Cost, markdown } from './markdown.ts';

/** A line before it is known how much room there is for it. */
export interface Line {
  readonly spans: readonly Span[];
  /** How the whole line is set: a heading, or small print. */
  readonly prefix?: '### ' | '-# ';
  /** Cut to this even where there is room. */
  readonly max?: number;
}

/** A text display whose words are still lines. */
interface Text {
  readonly lines: readonly Line[];
  readonly thumbnail?: APIThumbnailComponent;
}

export type Part = Text | Exclude<APIComponentInContainer, APITextDisplayComponent | APISectionComponent>;

/** What each component adds to the bytes that Discord counts. */
const BYTES_A_COMPONENT = 12;

/**
 * Sets the parts in the one budget of a message: where the words are more than there is room for, the longest lines
 * are cut first. Throws RangeError where there are too many components, or nothing at all.
 */
export function layOut(parts: readonly Part[], framed: boolean): APIMessageTopLevelComponent[] {
  const cost = costOf(parts);
  const whole = new Map<Line, string>();
  for (const part of parts)
    if ('lines' in part)
      for (const line of part.lines) whole.set(line, draw(line, Number.POSITIVE_INFINITY, cost));
  // One more for the line's end.
  const share =
    fairShare(
      [...whole.values()].map((drawn) => cost(drawn) + 1),
      TEXT,
    ) - 1;
  const fitted = (line: Line) => {
    const drawn = whole.get(line) ?? '';
    return cost(drawn) <= share ? drawn : draw(line, share, cost);
  };
  const components = parts.flatMap((part): APIComponentInContainer[] =>
    'lines' in part ? setText(part, fitted) : [part],
  );
  if (components.length === 0) throw new RangeError('a reply has nothing to show');
  const shown = withoutDecoration(components, countComponents(components) + (framed ? 1 : 0) - COMPONENTS);
  const top: APIMessageTopLevelComponent[] = framed
    ? [{ type: ComponentType.Container, components: shown }]
    : shown;
  assertAtMost('components', countComponents(top), COMPONENTS);
  return top;
}

/** Dividers say nothing: where components are too many, so many of them go, the last ones first. */
function withoutDecoration(components: readonly APIComponentInContainer[], surplus: number) {
  let left = surplus;
  return components
    .toReversed()
    .filter((component) => component.type !== ComponentType.Separator || left-- <= 0)
    .toReversed();
}

function setText(
  text: Text,
  fitted: (line: Line) => string,
): (APITextDisplayComponent | APISectionComponent)[] {
  const content = text.lines.map(fitted).filter(Boolean).join('\n');
  if (!content) return [];
  const display = { type: ComponentType.TextDisplay, content } satisfies APITextDisplayComponent;
  return text.thumbnail
    ? [{ type: ComponentType.Section, components: [display], accessory: text.thumbnail }]
    : [display];
}

function draw(line: Line, max: number, cost: Cost): string {
  const prefix = line.prefix ?? '';
  const drawn = markdown(line.spans, Math.min(max, line.max ?? max) - cost(prefix), cost);
  return drawn && prefix + drawn;
}

/**
 * Counts in characters, and in bytes scaled so that both budgets are spent when {@link TEXT} is. Everything that is no
 * text display (addresses, labels, ids) takes its bytes first.
 */
function costOf(parts: readonly Part[]): Cost {
  const rest = parts.map((part) => ('lines' in part ? part.thumbnail : part));
  const fixed = Buffer.byteLength(JSON.stringify(rest)) + COMPONENTS * BYTES_A_COMPONENT;
  const weight = TEXT / Math.max(1, COMPONENT_BYTES - fixed);
  return (text) => Math.max(text.length, Buffer.byteLength(text) * weight);
}

/** Components of a message as Discord counts them: nested ones and accessories included. */
function countComponents(components: readonly object[]): number {
  let count = 0;
  for (const component of components) {
    count += 1;
    if ('components' in component) count += countComponents(component.components as object[]);
    if ('accessory' in component) count += 1;
  }
  return count;
}
