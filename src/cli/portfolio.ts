import { portfolioAdd } from './portfolio/add.ts'
import { portfolioList } from './portfolio/list.ts'

export const commands = [portfolioList, portfolioAdd]
