import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';

/** A component as it arrives: nothing about it is known yet. */
interface Component {
  readonly type?: number;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
  readonly content?: string;
  readonly custom_id?: string;
  readonly url?: string;
  readonly label?: string;
  readonly style?: number;
  readonly placeholder?: string;
  readonly description?: string;
  readonly file?: { readonly url?: string };
  readonly media?: { readonly url?: string };
  readonly options?: readonly { label?: string; value?: string; description?: string }[];
}

interface Body {
  readonly flags?: number;
  readonly content?: unknown;
  readonly embeds?: unknown;
  readonly allowed_mentions?: { readonly parse?: readonly unknown[] };
  readonly components?: readonly Component[];
}

/** What Discord itself would answer 400 (or 500) to: the documented rules for a message of Components V2. */
export function messageProblems(message: object): string[] {
  const body = message as Body;
  const problems: string[] = [];
  const check = (fine: boolean, problem: string) => void (fine || problems.push(problem));
  const length = (text: string | undefined, min: number, max: number, what: string) =>
    check(
      text !== undefined && text.trim().length >= min && text.length <= max,
      `${what}: ${text?.length} characters`,
    );
  const all = flatten(body.components ?? []);
  const texts = all.flatMap((component) => component.content ?? []);

  check(((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0, 'not a message of Components V2');
  check(body.content === undefined && body.embeds === undefined, 'content or embeds beside Components V2');
  check(body.allowed_mentions?.parse?.length === 0, 'mentions are not switched off');
  check(all.length > 0 && all.length <= 40, `${all.length} components`);
  check(texts.join('').length <= 4000, `${texts.join('').length} characters of text`);
  check(Buffer.byteLength(JSON.stringify(texts.join(''))) <= 10_000, 'too many bytes of text');
  const ids = all.flatMap((component) => component.custom_id ?? []);
  check(new Set(ids).size === ids.length, 'the same custom_id twice');

  for (const component of all)
    switch (component.type) {
      case ComponentType.TextDisplay:
        length(component.content, 1, 4000, 'text');
        break;
      case ComponentType.Section:
        check(component.components?.length === 1, 'a section without its one text');
        check(component.accessory !== undefined, 'a section without accessory');
        break;
      case ComponentType.Thumbnail:
        check(/^https:\/\/[\x21-\x7e]{1,2000}$/u.test(component.media?.url ?? ''), 'not a picture address');
        length(component.description, 1, 1024, 'alternative text');
        break;
      case ComponentType.ActionRow: {
        const kinds = component.components?.map((each) => each.type) ?? [];
        const buttons = kinds.every((kind) => kind === ComponentType.Button) && kinds.length <= 5;
        check(
          kinds.length > 0 && (buttons || (kinds.length === 1 && kinds[0] === ComponentType.StringSelect)),
          'row',
        );
        break;
      }
      case ComponentType.Button:
        length(component.label, 1, 80, 'button label');
        if (component.style === ButtonStyle.Link) length(component.url, 1, 512, 'button address');
        else length(component.custom_id, 1, 100, 'custom_id');
        break;
      case ComponentType.StringSelect: {
        const options = component.options ?? [];
        length(component.custom_id, 1, 100, 'custom_id');
        length(component.placeholder, 1, 150, 'placeholder');
        check(options.length >= 1 && options.length <= 25, `${options.length} options`);
        check(
          new Set(options.map((option) => option.value)).size === options.length,
          'the same option twice',
        );
        for (const option of options) {
          length(option.label, 1, 100, 'option label');
          length(option.value, 1, 100, 'option value');
          if (option.description !== undefined) length(option.description, 1, 100, 'option description');
        }
        break;
      }
      case ComponentType.Container:
        check((component.components?.length ?? 0) > 0, 'an empty container');
        break;
      case ComponentType.File:
        check(
          /^attachment:\/\/[\w.-]{1,100}$/u.test(component.file?.url ?? ''),
          'not a file of this message',
        );
        break;
      case ComponentType.Separator:
        break;
      default:
        check(false, `a component of type ${component.type}`);
    }
  return problems;
}

/** The components with all that is inside them. */
function flatten(components: readonly Component[]): Component[] {
  return components.flatMap((component) => [
    component,
    ...flatten(component.components ?? []),
    ...(component.accessory ? [component.accessory] : []),
  ]);
}
