import type { Argument, CommandForm, Option } from './command.ts'

/** How a command is typed: `accession job show ID [--json] [--data DIR]`. */
export function usageOf({ name, arguments: args, options }: CommandForm): string {
  const required = Object.entries(options).filter(([, option]) => isRequired(option))
  const optional = Object.entries(options).filter(([, option]) => !isRequired(option))
  return [
    'accession',
    name,
    ...Object.values(args).map(argumentUsage),
    ...required.map(([option, form]) => optionUsage(option, form)),
    ...optional.map(([option, form]) => `[${optionUsage(option, form)}]`),
  ].join(' ')
}

function argumentUsage({ type, shown, optional }: Argument): string {
  const word = type === 'list' ? `${shown}…` : shown
  return optional ? `[${word}]` : word
}

/** An option with the value that it takes: `--zone CODE`. */
export function optionUsage(name: string, option: Option): string {
  const long = option.type === 'flag' ? `--${name}` : `--${name} ${valueShown(option)}`
  return option.short === undefined ? long : `-${option.short}, ${long}`
}

const valueShown = (option: Exclude<Option, { type: 'flag' }>): string =>
  option.type === 'text' && option.choices ? option.choices.join('|') : option.shown

const isRequired = (option: Option): boolean => 'required' in option && option.required === true
