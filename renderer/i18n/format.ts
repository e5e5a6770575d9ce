import type { Language } from './language.ts'

const locale: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' }
const noBreak = '\u00a0'

/** The value of the `lang` attribute: it chooses the fonts for Chinese characters. */
export const htmlLanguage: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' }

export type Format = {
  number(value: number): string
  /** 0..1 -> `34.7 %`; whole numbers at both ends, so that 99.96 is never written as 100. */
  share(value: number): string
  /** Seconds -> `1:12`, `1:02:05`; never negative. */
  duration(seconds: number): string
  /** Epoch ms -> `14:03`, or `24 Nov 2026, 14:03` when that is another day than `now`'s: no hour stands without its day. */
  clock(at: number, now: number): string
  /** The same with seconds. */
  clockSeconds(at: number, now: number): string
  /** Seconds -> `45s`, `3m`, `2h`, `5d`: rough, for tables. */
  age(seconds: number): string
  /** `1, 2 and 3`. */
  list(items: readonly (string | number)[]): string
}

/** Unit and its seconds, the longest first. */
const ageSteps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

export function createFormat(language: Language): Format {
  const tag = locale[language]
  const plain = new Intl.NumberFormat(tag, { useGrouping: 'min2' })
  const tenth = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const short = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const long = new Intl.DateTimeFormat(tag, { timeStyle: 'medium', hourCycle: 'h23' })
  const date = { year: 'numeric', month: 'short', day: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const day = new Intl.DateTimeFormat(tag, { ...date, ...time })
  const dayLong = new Intl.DateTimeFormat(tag, { ...date, ...time, second: '2-digit' })
  const list = new Intl.ListFormat(tag, { style: 'long', type: 'conjunction' })
  const unit = (name: string) =>
    new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'narrow' })
  const units = { day: unit('day'), hour: unit('hour'), minute: unit('minute'), second: unit('second') }
  return {
    number: (value) => plain.format(value),
    share: (value) => `${shareDigits(value, tenth)}${noBreak}%`,
    duration,
    clock: (at, now) => (isSameDay(at, now) ? short : day).format(at),
    clockSeconds: (at, now) => (isSameDay(at, now) ? long : dayLong).format(at),
    age: (seconds) => {
      const whole = Math.max(0, Math.floor(seconds))
      const step = ageSteps.find(([, size]) => whole >= size) ?? ageSteps[ageSteps.length - 1]
      return step === undefined ? '' : units[step[0]].format(Math.floor(whole / step[1]))
    },
    list: (items) => list.format(items.map(String)),
  }
}

function isSameDay(at: number, now: number): boolean {
  return new Date(at).toDateString() === new Date(now).toDateString()
}

function shareDigits(value: number, tenth: Intl.NumberFormat): string {
  if (value <= 0) return '0'
  if (value >= 1) return '100'
  return tenth.format(Math.min(99.9, Math.max(0.1, value * 100)))
}

/** Seconds -> `m:ss`, from an hour on `h:mm:ss`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const pad = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3600)
  return hours > 0
    ? `${String(hours)}:${pad(minutes)}:${pad(whole % 60)}`
    : `${String(minutes)}:${pad(whole % 60)}`
}
