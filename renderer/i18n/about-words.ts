/** What this is, and on what terms it and its parts may be used. */
export const aboutEn = {
  open: 'About Tranche',
  title: 'About Tranche',
  version: (version: string, platform: string) => `Version ${version} on ${platform}.`,
  licence: 'Licensed under the Apache License, Version 2.0, without warranties or conditions of any kind.',
  ofPage: 'Third-party licences of the window',
  ofApplication: 'Third-party licences of the application',
  electron:
    'Those of Electron and Chromium are beside the program: LICENSE.electron.txt, LICENSES.chromium.html.',
  missing: 'The list could not be read.',
  loading: 'Loading…',
  close: 'Close',
}

export const aboutZh: { readonly [K in keyof typeof aboutEn]: (typeof aboutEn)[K] } = {
  open: '关于 Tranche',
  title: '关于 Tranche',
  version: (version, platform) => `版本 ${version}，运行于 ${platform}。`,
  licence: '以 Apache License 2.0 许可发布，不提供任何形式的担保。',
  ofPage: '窗口所用第三方软件的许可',
  ofApplication: '应用程序所用第三方软件的许可',
  electron: 'Electron 与 Chromium 的许可在程序所在文件夹：LICENSE.electron.txt、LICENSES.chromium.html。',
  missing: '无法读取列表。',
  loading: '正在加载…',
  close: '关闭',
}
