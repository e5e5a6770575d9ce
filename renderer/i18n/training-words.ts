/** Words of the training cluster's own controls. */
export const trainingEn = {
  title: 'Training',
  note: 'Everything here is simulated.',
  speed: 'Speed',
  speedNote:
    'So fast goes the clock of this cluster. All times, bakes and limits that are shown are its own.',
  speedValue: (factor: number) => `${String(factor)}×`,
  speedLabel: (factor: number) => (factor === 1 ? 'Real time' : `${String(factor)} times as fast`),
  tags: 'Tags to try',
  tagNotes: {
    good: 'starts and stays well',
    slow: 'takes minutes to get ready',
    missing: 'is not in the registry',
    crash: 'crashes on start',
    'never-ready': 'runs but is never ready',
    dies: 'is ready, then dies while baking',
    errors: 'is ready, and answers with errors',
  },
  reset: 'Reset the training cluster…',
  resetTitle: 'Reset the training cluster',
  resetWhy:
    'All releases and changes made here are forgotten. It begins again with four batches on the first version.',
  resetNow: 'Reset the cluster',
}

export const trainingZh: { readonly [K in keyof typeof trainingEn]: (typeof trainingEn)[K] } = {
  title: '训练',
  note: '这里的一切都是模拟的。',
  speed: '速度',
  speedNote: '该集群的时钟按此倍速运行；界面上的时间、观察时长和时限都以它为准。',
  speedValue: (factor) => `${String(factor)}×`,
  speedLabel: (factor) => (factor === 1 ? '实际速度' : `${String(factor)} 倍速`),
  tags: '可以试的标签',
  tagNotes: {
    good: '正常启动并保持就绪',
    slow: '要几分钟才就绪',
    missing: '镜像仓库里没有',
    crash: '启动即崩溃',
    'never-ready': '运行但一直不就绪',
    dies: '先就绪，观察期间退出',
    errors: '就绪，但对请求返回错误',
  },
  reset: '重置训练集群…',
  resetTitle: '重置训练集群',
  resetWhy: '在这里做过的发布和修改都会被清除，重新从四个批次的初始版本开始。',
  resetNow: '重置集群',
}
