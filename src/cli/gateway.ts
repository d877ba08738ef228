import { gatewayExports } from './gateway/exports.ts'
import { gatewaySend } from './gateway/send.ts'
import { gatewayShow } from './gateway/show.ts'

export const commands = [gatewaySend, gatewayExports, gatewayShow]
