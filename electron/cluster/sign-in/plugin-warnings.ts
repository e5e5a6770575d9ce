import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import type { PluginWarning } from '../../../shared/model/plugin-consent.ts'

const kinds = [
  [
    'shell',
    /^(sh|bash|rbash|dash|ash|zsh|ksh\d*|mksh|pdksh|yash|fish|t?csh|nu|xonsh|elvish|busybox|toybox|pwsh|powershell|cmd|command)$/,
  ],
  [
    'interpreter',
    /^(python|pypy|node|nodejs|deno|bun|ruby|perl|php|lua|luajit|tclsh|expect|osascript|[gmn]?awk|sed|java|jshell|groovy|Rscript|[wc]script|mshta|rundll32|regsvr32|msbuild)$/i,
  ],
  [
    'launcher',
    /^(env|sudo|doas|su|runuser|pkexec|xargs|parallel|find|nohup|timeout|setsid|nice|ionice|stdbuf|script|watch|time|strace|chroot|unshare|nsenter|flatpak|snap|ssh|docker|podman|nerdctl|open|xdg-open|start|explorer|npx|pnpm|yarn|uvx|pipx|make|ld\.so|ld-linux[\w.-]*)$/,
  ],
] as const

/** They make the program, or what it starts, run code that stands elsewhere. */
const loading =
  /^(LD_(PRELOAD|LIBRARY_PATH|AUDIT)|DYLD_\w+|PATH|PATHEXT|COMSPEC|NODE_OPTIONS|NODE_PATH|PYTHON(PATH|HOME|STARTUP)|PERL5?(LIB|OPT|DB)|RUBY(LIB|OPT)|GEM_(HOME|PATH)|BASH_ENV|ENV|ZDOTDIR|SHELLOPTS|PROMPT_COMMAND|(JAVA|JDK_JAVA|_JAVA)_(TOOL_)?OPTIONS|CLASSPATH|DOTNET_STARTUP_HOOKS|GIT_(SSH|SSH_COMMAND|EXEC_PATH)|BROWSER|EDITOR|PAGER)$/i

/** What a person should know of a plugin before agreeing: its name says nothing where the arguments are the program. */
export function pluginWarnings(path: string, variables: readonly string[]): readonly PluginWarning[] {
  const found = [path, target(path)]
    .map(nameOf)
    .flatMap((program) =>
      kinds.filter(([, names]) => names.test(withoutVersion(program))).map(([kind]) => ({ kind, program })),
    )
  const loads = variables.filter((name) => loading.test(name))
  return [
    ...found.slice(0, 1),
    ...(loads.length > 0 ? [{ kind: 'loads-code', variables: loads } as const] : []),
  ]
}

function target(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function nameOf(path: string): string {
  return basename(path).replace(/\.(exe|cmd|bat|com)$/i, '')
}

/** `python3.12` is Python. */
function withoutVersion(name: string): string {
  return /^ksh/.test(name) ? name : name.replace(/[-_]?\d+(\.\d+)*$/, '')
}
