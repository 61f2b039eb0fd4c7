/** A Detailed Statement as a terminal writes it, small enough to check by hand. */

const td = (text: string): string => `<td class=mspt>${text}</td>`
const bold = (span: number, text: string): string => `<td colspan=${span}><b>${text}</b></td>`

/** Ticket, open time, word, lots, symbol, open, close time, close, commission, swap, profit. */
type Trade = readonly [number, string, string, string, string, string, string, string, string, string, string]

const tradeRow = ([
  ticket,
  opened,
  word,
  lots,
  symbol,
  open,
  closed,
  close,
  commission,
  swap,
  profit,
]: Trade): string =>
  `<tr align=right><td title="[sl]">${ticket}</td><td class=msdate nowrap>${opened}</td><td>${word}</td>${td(lots)}<td>${symbol}</td>` +
  `${td(open)}${td('0.00000')}${td('0.00000')}<td class=msdate nowrap>${closed === '' ? '&nbsp;' : closed}</td>${td(close)}` +
  `${td(commission)}${td('0.00')}${td(swap)}${td(profit)}</tr>`

/**
 * Closed: two EURUSD (contract 100,000), three of an index whose contract is 10, one USDJPY converted at its close; one
 * cancelled order, a deposit and a withdrawal. Open: one EURUSD. 1:100.
 */
const trades: readonly Trade[] = [
  [
    1002,
    '2024.03.01 09:00:00',
    'buy',
    '0.50',
    'eurusd',
    '1.10000',
    '2024.03.01 10:00:00',
    '1.10100',
    '-3.00',
    '0.00',
    '50.00',
  ],
  [
    1003,
    '2024.03.01 09:30:00',
    'sell',
    '0.10',
    'eurusd',
    '1.10050',
    '2024.03.01 12:00:00',
    '1.10150',
    '-0.60',
    '0.00',
    '-10.00',
  ],
  [
    1005,
    '2024.03.01 11:00:00',
    'buy',
    '1.00',
    'idx30',
    '39000.50',
    '2024.03.01 13:00:00',
    '39004.75',
    '0.00',
    '0.00',
    '42.50',
  ],
  [
    1006,
    '2024.03.01 11:30:00',
    'sell',
    '2.00',
    'idx30',
    '39010.25',
    '2024.03.01 14:00:00',
    '39011.50',
    '0.00',
    '0.00',
    '-25.00',
  ],
  [
    1007,
    '2024.03.01 11:45:00',
    'sell',
    '0.50',
    'idx30',
    '39020.00',
    '2024.03.01 15:00:00',
    '39018.20',
    '0.00',
    '0.00',
    '9.00',
  ],
  [
    1008,
    '2024.03.01 12:00:00',
    'buy',
    '0.20',
    'usdjpy',
    '150.000',
    '2024.03.04 09:00:00',
    '150.500',
    '0.00',
    '-1.25',
    '66.45',
  ],
]

const cancelled = `<tr bgcolor=#E0E0E0 align=right><td title="cancelled">1004</td><td nowrap>2024.03.01 10:30:00</td><td>buy limit</td>${td('0.10')}<td>eurusd</td>${td('1.00000')}${td('0')}${td('0')}<td nowrap>2024.03.01 11:00:00</td>${td('1.10000')}<td colspan=4>cancelled</td></tr>`
const money = (ticket: number, time: string, text: string, amount: string): string =>
  `<tr align=right><td title="${text}">${ticket}</td><td class=msdate nowrap>${time}</td><td>balance</td><td colspan=10 align=left>${text}</td>${td(amount)}</tr>`
const header = (nth: string): string =>
  `<tr align=center bgcolor="#C0C0C0"><td>Ticket</td><td nowrap>Open Time</td><td>Type</td><td>Size</td><td>Item</td><td>Price</td><td>S / L</td><td>T / P</td><td>${nth}</td><td>Price</td><td>Commission</td><td>Taxes</td><td>Swap</td><td>Profit</td></tr>`
const section = (label: string): string => `<tr align=left><td colspan=14><b>${label}:</b></td></tr>`
const sums = (...figures: string[]): string =>
  `<tr align=right><td colspan=10>&nbsp;</td>${figures.map(td).join('')}</tr>`
const total = (label: string, figure: string): string =>
  `<tr><td colspan=10>&nbsp;</td><td colspan=2 align=right><b>${label}:</b></td><td colspan=2 align=right title="Commission + Swap + Profit + Taxes"><b>${figure}</b></td></tr>`
const line = (...pairs: string[]): string =>
  `<tr align=right>${pairs.map((text, i) => bold(i % 2 === 0 ? 2 : 2, text)).join('')}</tr>`

const rows = [
  money(1001, '2024.03.01 08:00:00', 'Deposit', '1 000.00'),
  ...trades.slice(0, 2).map(tradeRow),
  cancelled,
  ...trades.slice(2).map(tradeRow),
  money(1009, '2024.03.05 08:00:00', 'Withdrawal', '-100.00'),
]

/** Everything by hand: net results 47.00, -10.60, 42.50, -25.00, 9.00, 65.20 in closing order. */
export const statementHtml = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html><head><title>Statement: 70000001 - Client 1</title><style type="text/css"><!-- td { font: 8pt Tahoma,Arial; } //--></style></head>
<body topmargin=1 marginheight=1><div align=center>
<div style="font: 20pt Times New Roman"><b>Example Broker</b></div><br>
<table cellspacing=1 cellpadding=3 border=0>
<tr align=left><td colspan=2><b>Account: 70000001</b></td><td colspan=5><b>Name: Client 1</b></td><td colspan=2><b>Currency: USD</b></td><td colspan=2><b>Leverage: 1:100</b></td><td colspan=3 align=right><b>2024 March 5, 12:30</b></td></tr>
${section('Closed Transactions')}${header('Close Time')}
${rows.join('\n')}
${sums('-3.60', '0.00', '-1.25', '132.95')}${total('Closed P/L', '128.10')}
${section('Open Trades')}${header('&nbsp;')}
${tradeRow([1010, '2024.03.05 09:00:00', 'sell', '1.00', 'eurusd', '1.08500', '', '1.08400', '-6.00', '-1.20', '100.00'])}
${sums('-6.00', '0.00', '-1.20', '100.00')}${total('Floating P/L', '92.80')}
${section('Working Orders')}<tr align=center bgcolor="#C0C0C0"><td>Ticket</td><td>Open Time</td><td>Type</td><td>Size</td><td>Item</td><td>Price</td><td>S / L</td><td>T / P</td><td colspan=2>Market Price</td><td colspan=4>&nbsp;</td></tr>
<tr align=right><td>1011</td><td nowrap>2024.03.05 09:05:00</td><td>buy limit</td>${td('0.10')}<td>eurusd</td>${td('1.07000')}${td('0')}${td('0')}<td nowrap>&nbsp;</td>${td('1.08400')}<td colspan=4></td></tr>
<tr><td colspan=14 style="font: 1pt arial">&nbsp;</td></tr>
${section('Summary')}
${line('Deposit/Withdrawal:', '900.00', 'Credit Facility:', '0.00')}
${line('Closed Trade P/L:', '128.10', 'Floating P/L:', '92.80', 'Margin:', '1 085.00')}
${line('Balance:', '1 028.10', 'Equity:', '1 120.90', 'Free Margin:', '35.90')}
${section('Details')}
<tr align=center><td colspan=14><img src="DetailedStatement.gif" alt="Graph"></td></tr>
${line('Gross Profit:', '163.70', 'Gross Loss:', '35.60', 'Total Net Profit:', '128.10')}
${line('Profit Factor:', '4.60', 'Expected Payoff:', '21.35')}
${line('Absolute Drawdown:', '0.00', 'Maximal Drawdown:', '25.00 (2.32%)', 'Relative Drawdown:', '2.32% (25.00)')}
${line('Total Trades:', '6', 'Short Positions (won %):', '3 (33.33%)', 'Long Positions (won %):', '3 (100.00%)')}
${line('Profit Trades (% of total):', '4 (66.67%)', 'Loss trades (% of total):', '2 (33.33%)')}
<tr align=right>${bold(2, 'Largest')}${bold(6, 'profit trade:')}${bold(1, '65.20')}${bold(3, 'loss trade:')}${bold(2, '-25.00')}</tr>
<tr align=right>${bold(2, 'Average')}${bold(6, 'profit trade:')}${bold(1, '40.93')}${bold(3, 'loss trade:')}${bold(2, '-17.80')}</tr>
<tr align=right>${bold(2, 'Maximum')}${bold(6, 'consecutive wins ($):')}${bold(1, '2 (74.20)')}${bold(3, 'consecutive losses ($):')}${bold(2, '1 (-25.00)')}</tr>
<tr align=right>${bold(2, 'Maximal')}${bold(6, 'consecutive profit (count):')}${bold(1, '74.20 (2)')}${bold(3, 'consecutive loss (count):')}${bold(2, '-25.00 (1)')}</tr>
<tr align=right>${bold(2, 'Average')}${bold(6, 'consecutive wins:')}${bold(1, '1')}${bold(3, 'consecutive losses:')}${bold(2, '1')}</tr>
</table></div></body></html>
`

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
