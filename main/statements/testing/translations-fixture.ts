import { statementHtml } from './statement-fixture.ts'

/**
 * The fixture as a translated template would have it: every label, column and type word in another language. The words
 * need not be those of any terminal: the reader must not depend on them.
 */
type Translation = {
  encoding: string
  company: string
  words: Readonly<
    Record<'buy' | 'sell' | 'balance' | 'account' | 'name' | 'currency' | 'leverage' | 'label', string>
  >
  month: string
}

export const translations: Readonly<Record<string, Translation>> = {
  Russian: {
    encoding: 'windows-1251',
    company: 'Пример Брокер',
    words: {
      buy: 'покупка',
      sell: 'продажа',
      balance: 'баланс',
      account: 'Счёт',
      name: 'Имя',
      currency: 'Валюта',
      leverage: 'Плечо',
      label: 'Значение',
    },
    month: 'марта',
  },
  Japanese: {
    encoding: 'shift_jis',
    company: '東京デモ証券株式会社',
    words: {
      buy: '買い',
      sell: '売り',
      balance: '残高',
      account: '口座',
      name: '名前',
      currency: '通貨',
      leverage: 'レバレッジ',
      label: '項目',
    },
    month: '3月',
  },
  'Chinese (simplified)': {
    encoding: 'gb18030',
    company: '示例外汇有限公司',
    words: {
      buy: '买入',
      sell: '卖出',
      balance: '余额',
      account: '账户',
      name: '姓名',
      currency: '货币',
      leverage: '杠杆',
      label: '项目',
    },
    month: '3月',
  },
  'Chinese (traditional)': {
    encoding: 'big5',
    company: '範例外匯有限公司',
    words: {
      buy: '買入',
      sell: '賣出',
      balance: '餘額',
      account: '帳戶',
      name: '姓名',
      currency: '貨幣',
      leverage: '槓桿',
      label: '項目',
    },
    month: '3月',
  },
  Korean: {
    encoding: 'euc-kr',
    company: '예시 증권 주식회사',
    words: {
      buy: '매수',
      sell: '매도',
      balance: '잔액',
      account: '계좌',
      name: '이름',
      currency: '통화',
      leverage: '레버리지',
      label: '항목',
    },
    month: '3월',
  },
  German: {
    encoding: 'windows-1252',
    company: 'Müller & Söhne Börsenhändler',
    words: {
      buy: 'kauf',
      sell: 'verkauf',
      balance: 'kontostand',
      account: 'Konto',
      name: 'Name',
      currency: 'Währung',
      leverage: 'Hebel',
      label: 'Größe',
    },
    month: 'März',
  },
  Greek: {
    encoding: 'windows-1253',
    company: 'Παράδειγμα Χρηματιστηριακή',
    words: {
      buy: 'αγορά',
      sell: 'πώληση',
      balance: 'υπόλοιπο',
      account: 'Λογαριασμός',
      name: 'Όνομα',
      currency: 'Νόμισμα',
      leverage: 'Μόχλευση',
      label: 'Τιμή',
    },
    month: 'Μαρτίου',
  },
  Arabic: {
    encoding: 'windows-1256',
    company: 'شركة المثال للوساطة',
    words: {
      buy: 'شراء',
      sell: 'بيع',
      balance: 'رصيد',
      account: 'حساب',
      name: 'الاسم',
      currency: 'العملة',
      leverage: 'الرافعة',
      label: 'قيمة',
    },
    month: 'مارس',
  },
  Polish: {
    encoding: 'windows-1250',
    company: 'Przykładowy Dom Maklerski Łódź',
    words: {
      buy: 'kupno',
      sell: 'sprzedaż',
      balance: 'saldo',
      account: 'Rachunek',
      name: 'Imię',
      currency: 'Waluta',
      leverage: 'Dźwignia',
      label: 'Wartość',
    },
    month: 'marca',
  },
  Hebrew: {
    encoding: 'windows-1255',
    company: 'חברת הדגמה',
    words: {
      buy: 'קנייה',
      sell: 'מכירה',
      balance: 'יתרה',
      account: 'חשבון',
      name: 'שם',
      currency: 'מטבע',
      leverage: 'מינוף',
      label: 'ערך',
    },
    month: 'מרץ',
  },
}

export const translated = ({ company, words, month }: Translation): string =>
  statementHtml
    // Everything that is a label: bold text that starts with a letter and holds no figure, and the column heads.
    .replaceAll(
      /<b>(?!Example|Account|Name|Currency|Leverage|[^<]*\d)[A-Za-z][^<]*<\/b>/gu,
      (label) => `<b>${words.label}${label.endsWith(':</b>') ? ':' : ''}</b>`,
    )
    .replaceAll(
      /<td(?: nowrap)?>(?:Ticket|Open Time|Type|Size|Item|Price|S \/ L|T \/ P|Close Time|Commission|Taxes|Swap|Profit)<\/td>/gu,
      `<td>${words.label}</td>`,
    )
    .replaceAll(
      /<td>(buy|sell|balance)( limit)?<\/td>/gu,
      (_, word: 'buy' | 'sell' | 'balance', limit = '') => `<td>${words[word]}${limit}</td>`,
    )
    .replaceAll('<td colspan=4>cancelled</td>', `<td colspan=4>${words.label}</td>`)
    .replace('Example Broker', company)
    .replace('March', month)
    .replace('Account:', `${words.account}:`)
    .replace('Name:', `${words.name}:`)
    .replace('Currency:', `${words.currency}:`)
    .replace('Leverage:', `${words.leverage}:`)
