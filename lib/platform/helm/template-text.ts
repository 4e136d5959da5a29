import { yamlText } from '../../config';
import { SLOT_MARK } from './facts';
import type { Flag, Guard } from './guards';
import { MARK, type Mark } from './marks';
import type { Value } from './slots';
import { isList, isMap, type Json } from './values';

/** The actions of Go's templates that a value or a flag is read by. */
const reference = (path: readonly string[]): string => `.Values.${path.join('.')}`;

const condition = ({ flag, when }: Guard): string => (when ? reference(flag.path) : `not ${reference(flag.path)}`);

/** Text that is not ours is never an action. */
export const escapeActions = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');

const PART = new RegExp(`(\\{?)${SLOT_MARK.open}(\\d+)${SLOT_MARK.close}`, 'g');
const WHOLE_LINE = new RegExp(`^( *)(?:- )?"${MARK.open}(\\d+)${MARK.close}"(?:: null)?$`);
const AT_END = new RegExp(`^((?: |- )*)(.*?)"${MARK.open}(\\d+)${MARK.close}"$`);

/** Writes JSON with marks as a template. */
export class TemplateText {
  constructor(
    private readonly marks: readonly Mark[],
    private readonly valueAt: readonly Value[],
  ) {}

  write(json: Json): string {
    return escapeActions(yamlText(json))
      .split('\n')
      .map((line) => this.line(line))
      .join('\n')
      .replace(PART, (_, brace: string, slot: string) => `${brace && '{{ "{" }}'}{{ ${this.value(Number(slot))} }}`);
  }

  private value(slot: number): string {
    const value = this.valueAt[slot];
    if (value === undefined) throw new Error(`no slot ${slot}`);
    return reference(value.path);
  }

  private line(line: string): string {
    if (!line.includes(MARK.open)) return line;
    const whole = WHOLE_LINE.exec(line);
    if (whole) return this.control(whole[1] ?? '', this.markAt(whole[2]), line);
    const end = AT_END.exec(line);
    if (!end) return line;
    const [, lead = '', key = '', number] = end;
    return `${lead}${key}${this.inline(this.markAt(number), lead.length)}`.trimEnd();
  }

  private markAt(number: string | undefined): Mark {
    const mark = this.marks[Number(number)];
    if (mark === undefined) throw new Error(`no mark ${number}`);
    return mark;
  }

  /** What is alone on its line. */
  private control(indent: string, mark: Mark, line: string): string {
    if (mark.kind === 'open') return `${indent}{{- if ${condition(mark.guard)} }}`;
    if (mark.kind === 'close') return `${indent}{{- end }}`;
    if (mark.kind === 'optional') return this.optional(indent, mark.slot, mark.member);
    const dash = line.slice(indent.length).startsWith('- ') ? '- ' : '';
    return `${indent}${dash}${this.inline(mark, indent.length)}`;
  }

  private optional(indent: string, slot: number, member: string | undefined): string {
    const nested = (depth: number): string => `{{- toYaml . | nindent ${depth} }}`;
    const body =
      member === undefined
        ? `${indent}${nested(indent.length)}`
        : `${indent}${yamlText({ [member]: null }).replace(/ null\n$/, '')}${this.memberValue(slot, indent.length + 2)}`;
    return `${indent}{{- with ${this.value(slot)} }}\n${body}\n${indent}{{- end }}`;
  }

  /** Scalars stay on the line of their key. */
  private memberValue(slot: number, depth: number): string {
    const json = [...(this.valueAt[slot]?.values.values() ?? [])];
    return json.some((value) => isMap(value) || isList(value))
      ? ` {{- toYaml . | nindent ${depth} }}`
      : ' {{ toJson . }}';
  }

  /** What stands behind a key or a dash. */
  private inline(mark: Mark, indent: number): string {
    if (mark.kind === 'choice') {
      const [value, otherwise] = [mark.value, mark.otherwise].map((json) => escapeActions(JSON.stringify(json)));
      return `{{ if ${condition(mark.guard)} }}${value}{{ else }}${otherwise}{{ end }}`;
    }
    if (mark.kind !== 'value') throw new Error(`${mark.kind} has no value`);
    const path = this.value(mark.slot);
    const values = [...(this.valueAt[mark.slot]?.values.values() ?? [])];
    if (values.every((value) => typeof value === 'string')) return `{{ ${path} | quote }}`;
    // whole numbers from 1000000 would otherwise be written with an exponent
    if (values.every((value) => Number.isInteger(value))) return `{{ int64 ${path} }}`;
    if (values.some((value) => isMap(value) || isList(value))) return `{{- toYaml ${path} | nindent ${indent + 2} }}`;
    return `{{ toJson ${path} }}`;
  }
}

/** An object of a file, and what it is there for. */
export interface Document {
  readonly text: string;
  readonly guard: Guard | undefined;
}

/** Documents of one file; neighbours behind one guard share it, and all are behind that of the component. */
export function templateFile(documents: readonly Document[], component: Flag | undefined): string {
  const lines: string[] = [];
  let open: Guard | undefined;
  for (const { text, guard } of documents) {
    if (guard !== open) {
      if (open !== undefined) lines.push('{{- end }}\n');
      if (guard !== undefined) lines.push(`{{- if ${condition(guard)} }}\n`);
      open = guard;
    }
    lines.push(`---\n${text}`);
  }
  if (open !== undefined) lines.push('{{- end }}\n');
  const all = lines.join('');
  return component === undefined ? all : `{{- if ${reference(component.path)} }}\n${all}{{- end }}\n`;
}
