/**
 * Where in a country of several time zones somebody lives, told by state or city. `states` lie in one zone; `split`
 * ones in two, of which the more populous is named and not certain; `cities` are large and have one name.
 * Names are compared by `plainName` and separated by `|`.
 */
export type Places = {
  readonly states: Readonly<Record<string, string>>
  readonly split?: Readonly<Record<string, string>>
  readonly cities: Readonly<Record<string, string>>
}

export const placesByCountry: Readonly<Record<string, Places>> = {
  US: {
    states: {
      'America/New_York':
        'CT|Connecticut|DE|Delaware|DC|District of Columbia|Washington DC|GA|Georgia|ME|Maine|MD|Maryland|MA|' +
        'Massachusetts|NH|New Hampshire|NJ|New Jersey|NY|New York|NC|North Carolina|OH|Ohio|PA|Pennsylvania|RI|' +
        'Rhode Island|SC|South Carolina|VT|Vermont|VA|Virginia|WV|West Virginia',
      'America/Chicago':
        'AL|Alabama|AR|Arkansas|IL|Illinois|IA|Iowa|LA|Louisiana|MN|Minnesota|MS|Mississippi|MO|Missouri|OK|' +
        'Oklahoma|WI|Wisconsin',
      'America/Denver': 'CO|Colorado|MT|Montana|NM|New Mexico|UT|Utah|WY|Wyoming',
      'America/Phoenix': 'AZ|Arizona',
      'America/Los_Angeles': 'CA|California|NV|Nevada|WA|Washington',
      'Pacific/Honolulu': 'HI|Hawaii',
    },
    split: {
      'America/New_York': 'FL|Florida|IN|Indiana|KY|Kentucky|MI|Michigan',
      'America/Chicago': 'KS|Kansas|NE|Nebraska|ND|North Dakota|SD|South Dakota|TN|Tennessee|TX|Texas',
      'America/Boise': 'ID|Idaho',
      'America/Los_Angeles': 'OR|Oregon',
      'America/Anchorage': 'AK|Alaska',
    },
    cities: {
      'America/New_York':
        'New York|New York City|NYC|Manhattan|Brooklyn|Queens|Boston|Philadelphia|Atlanta|Miami|Orlando|Tampa|' +
        'Jacksonville|Fort Lauderdale|Charlotte|Raleigh|Baltimore|Pittsburgh|Cleveland|Cincinnati|Buffalo|' +
        'Louisville|Knoxville|Chattanooga|Washington DC',
      'America/Detroit': 'Detroit|Ann Arbor|Grand Rapids',
      'America/Indiana/Indianapolis': 'Indianapolis|Fort Wayne',
      'America/Chicago':
        'Chicago|Houston|Dallas|Austin|San Antonio|Fort Worth|Nashville|Memphis|Milwaukee|Minneapolis|' +
        'Saint Louis|New Orleans|Omaha|Wichita|Oklahoma City|Tulsa|Pensacola|Gary|Evansville|Bowling Green',
      'America/Denver': 'Denver|Colorado Springs|Salt Lake City|Albuquerque|El Paso|Rapid City',
      'America/Boise': 'Boise|Meridian|Nampa',
      'America/Phoenix': 'Phoenix|Tucson|Scottsdale|Mesa',
      'America/Los_Angeles':
        'Los Angeles|San Francisco|San Diego|San Jose|Sacramento|Oakland|Seattle|Las Vegas|Reno|Spokane',
      'America/Anchorage': 'Anchorage|Fairbanks|Juneau',
      'Pacific/Honolulu': 'Honolulu',
    },
  },
  CA: {
    states: {
      'America/Toronto': 'QC|PQ|Quebec',
      'America/Halifax': 'NS|Nova Scotia|PE|PEI|Prince Edward Island',
      'America/Moncton': 'NB|New Brunswick',
      'America/Winnipeg': 'MB|Manitoba',
      'America/Edmonton': 'AB|Alberta|NT|Northwest Territories',
      'America/Whitehorse': 'YT|Yukon',
    },
    split: {
      'America/Toronto': 'ON|Ontario',
      'America/Vancouver': 'BC|British Columbia',
      'America/Regina': 'SK|Saskatchewan',
      'America/St_Johns': 'NL|Newfoundland|Newfoundland and Labrador',
      'America/Iqaluit': 'NU|Nunavut',
    },
    cities: {
      'America/Toronto':
        'Toronto|Ottawa|Montreal|Mississauga|Brampton|Hamilton|Markham|Kitchener|Laval|Gatineau|Quebec City',
      'America/Halifax': 'Halifax',
      'America/St_Johns': 'Saint Johns',
      'America/Winnipeg': 'Winnipeg',
      'America/Regina': 'Regina|Saskatoon',
      'America/Edmonton': 'Calgary|Edmonton|Red Deer',
      'America/Vancouver': 'Vancouver|Surrey|Burnaby|Victoria|Kelowna|Richmond',
    },
  },
  AU: {
    states: {
      'Australia/Sydney': 'NSW|New South Wales|ACT|Australian Capital Territory',
      'Australia/Melbourne': 'VIC|Victoria',
      'Australia/Brisbane': 'QLD|Queensland',
      'Australia/Adelaide': 'SA|South Australia',
      'Australia/Perth': 'WA|Western Australia',
      'Australia/Hobart': 'TAS|Tasmania',
      'Australia/Darwin': 'NT|Northern Territory',
    },
    cities: {
      'Australia/Sydney': 'Sydney|Canberra|Newcastle|Wollongong|Parramatta',
      'Australia/Melbourne': 'Melbourne|Geelong|Ballarat|Bendigo',
      'Australia/Brisbane': 'Brisbane|Gold Coast|Cairns|Townsville|Sunshine Coast',
      'Australia/Adelaide': 'Adelaide',
      'Australia/Perth': 'Perth|Fremantle',
      'Australia/Hobart': 'Hobart|Launceston',
      'Australia/Darwin': 'Darwin',
      'Australia/Broken_Hill': 'Broken Hill',
    },
  },
  BR: {
    states: {
      'America/Sao_Paulo':
        'SP|Sao Paulo|RJ|Rio de Janeiro|MG|Minas Gerais|ES|Espirito Santo|PR|Parana|SC|Santa Catarina|RS|' +
        'Rio Grande do Sul|DF|Distrito Federal|GO|Goias',
      'America/Bahia': 'BA|Bahia',
      'America/Araguaina': 'TO|Tocantins',
      'America/Belem': 'PA|Para|AP|Amapa',
      'America/Fortaleza': 'CE|Ceara|MA|Maranhao|PI|Piaui|RN|Rio Grande do Norte|PB|Paraiba',
      'America/Maceio': 'AL|Alagoas|SE|Sergipe',
      'America/Cuiaba': 'MT|Mato Grosso',
      'America/Campo_Grande': 'MS|Mato Grosso do Sul',
      'America/Porto_Velho': 'RO|Rondonia',
      'America/Boa_Vista': 'RR|Roraima',
      'America/Rio_Branco': 'AC|Acre',
    },
    split: { 'America/Manaus': 'AM|Amazonas', 'America/Recife': 'PE|Pernambuco' },
    cities: {
      'America/Sao_Paulo':
        'Sao Paulo|Rio de Janeiro|Belo Horizonte|Brasilia|Curitiba|Porto Alegre|Campinas|Goiania|Florianopolis',
      'America/Bahia': 'Salvador',
      'America/Fortaleza': 'Fortaleza|Natal|Teresina|Sao Luis',
      'America/Recife': 'Recife',
      'America/Belem': 'Belem',
      'America/Manaus': 'Manaus',
      'America/Cuiaba': 'Cuiaba',
    },
  },
  RU: {
    states: {
      'Europe/Kaliningrad': 'Kaliningrad Oblast|Kaliningradskaya|Калининградская область',
      'Europe/Moscow':
        'Moscow Oblast|Moskovskaya|Московская область|Leningrad Oblast|Ленинградская область|Krasnodar Krai|' +
        'Krasnodarskiy|Краснодарский край|Rostov Oblast|Ростовская область|Tatarstan|Республика Татарстан|' +
        'Nizhny Novgorod Oblast|Voronezh Oblast|Stavropol Krai|Dagestan|Chechnya',
      'Europe/Samara': 'Samara Oblast|Самарская область|Udmurtia',
      'Asia/Yekaterinburg':
        'Sverdlovsk Oblast|Sverdlovskaya|Свердловская область|Chelyabinsk Oblast|Челябинская область|' +
        'Bashkortostan|Perm Krai|Пермский край|Tyumen Oblast|Тюменская область|Orenburg Oblast',
      'Asia/Omsk': 'Omsk Oblast|Омская область',
      'Asia/Novosibirsk': 'Novosibirsk Oblast|Новосибирская область',
      'Asia/Krasnoyarsk': 'Krasnoyarsk Krai|Красноярский край|Kemerovo Oblast',
      'Asia/Irkutsk': 'Irkutsk Oblast|Иркутская область|Buryatia',
      'Asia/Vladivostok': 'Primorsky Krai|Приморский край|Khabarovsk Krai|Хабаровский край',
    },
    cities: {
      'Europe/Kaliningrad': 'Kaliningrad|Калининград',
      'Europe/Moscow':
        'Moscow|Moskva|Москва|Saint Petersburg|Sankt Peterburg|Санкт-Петербург|Nizhny Novgorod|' +
        'Нижний Новгород|Kazan|Казань|Rostov on Don|Ростов-на-Дону|Krasnodar|Краснодар|Voronezh|Воронеж|Sochi|Сочи',
      'Europe/Volgograd': 'Volgograd|Волгоград',
      'Europe/Saratov': 'Saratov|Саратов',
      'Europe/Samara': 'Samara|Самара|Togliatti|Тольятти|Izhevsk|Ижевск',
      'Asia/Yekaterinburg':
        'Yekaterinburg|Ekaterinburg|Екатеринбург|Chelyabinsk|Челябинск|Ufa|Уфа|Perm|Пермь|Tyumen|Тюмень|Surgut|Сургут',
      'Asia/Omsk': 'Omsk|Омск',
      'Asia/Novosibirsk': 'Novosibirsk|Новосибирск',
      'Asia/Barnaul': 'Barnaul|Барнаул',
      'Asia/Tomsk': 'Tomsk|Томск',
      'Asia/Krasnoyarsk': 'Krasnoyarsk|Красноярск|Kemerovo|Кемерово',
      'Asia/Irkutsk': 'Irkutsk|Иркутск|Ulan Ude|Улан-Удэ',
      'Asia/Yakutsk': 'Yakutsk|Якутск',
      'Asia/Chita': 'Chita|Чита',
      'Asia/Vladivostok': 'Vladivostok|Владивосток|Khabarovsk|Хабаровск',
      'Asia/Kamchatka': 'Petropavlovsk Kamchatsky',
    },
  },
  MX: {
    states: {
      'America/Mexico_City':
        'CDMX|DF|Ciudad de Mexico|Distrito Federal|Estado de Mexico|Jalisco|Puebla|Guanajuato|Queretaro|Veracruz|' +
        'Michoacan|Hidalgo|Morelos|Oaxaca|Aguascalientes|San Luis Potosi|Tabasco|Chiapas|Guerrero|Zacatecas|Colima',
      'America/Monterrey': 'Nuevo Leon|Durango',
      'America/Merida': 'Yucatan|Campeche',
      'America/Cancun': 'Quintana Roo',
      'America/Hermosillo': 'Sonora',
      'America/Mazatlan': 'Sinaloa|Baja California Sur',
      'America/Tijuana': 'Baja California',
    },
    split: {
      'America/Chihuahua': 'Chihuahua',
      'America/Monterrey': 'Coahuila|Tamaulipas',
      'America/Mazatlan': 'Nayarit',
    },
    cities: {
      'America/Mexico_City': 'Mexico City|Mexico|Guadalajara|Puebla|Leon|Queretaro|Zapopan|Toluca|Veracruz',
      'America/Monterrey': 'Monterrey|Saltillo|Durango|Torreon',
      'America/Merida': 'Merida',
      'America/Cancun': 'Cancun|Playa del Carmen',
      'America/Ciudad_Juarez': 'Ciudad Juarez',
      'America/Chihuahua': 'Chihuahua',
      'America/Hermosillo': 'Hermosillo',
      'America/Mazatlan': 'Culiacan|Mazatlan|La Paz',
      'America/Tijuana': 'Tijuana|Mexicali|Ensenada',
    },
  },
  ID: {
    states: {
      'Asia/Jakarta':
        'Jakarta|DKI Jakarta|West Java|Jawa Barat|Central Java|Jawa Tengah|East Java|Jawa Timur|Banten|Yogyakarta|' +
        'DI Yogyakarta|North Sumatra|Sumatera Utara|West Sumatra|Riau|Lampung|Aceh|Jambi|Bengkulu|South Sumatra',
      'Asia/Pontianak': 'West Kalimantan|Kalimantan Barat|Central Kalimantan|Kalimantan Tengah',
      'Asia/Makassar':
        'Bali|West Nusa Tenggara|East Nusa Tenggara|East Kalimantan|Kalimantan Timur|South Kalimantan|' +
        'Kalimantan Selatan|North Kalimantan|South Sulawesi|Sulawesi Selatan|North Sulawesi|Sulawesi Utara',
      'Asia/Jayapura': 'Papua|West Papua|Maluku|North Maluku',
    },
    cities: {
      'Asia/Jakarta':
        'Jakarta|Surabaya|Bandung|Medan|Semarang|Palembang|Tangerang|Bekasi|Depok|Bogor|Yogyakarta|Malang|Batam|' +
        'Pekanbaru|Padang',
      'Asia/Pontianak': 'Pontianak',
      'Asia/Makassar': 'Makassar|Denpasar|Manado|Balikpapan|Samarinda|Banjarmasin|Mataram|Kupang',
      'Asia/Jayapura': 'Jayapura|Ambon|Sorong',
    },
  },
  ES: {
    states: { 'Atlantic/Canary': 'Canarias|Canary Islands|Las Palmas|Santa Cruz de Tenerife' },
    cities: {
      'Atlantic/Canary': 'Las Palmas|Las Palmas de Gran Canaria|Santa Cruz de Tenerife|Arrecife|La Laguna',
      'Europe/Madrid':
        'Madrid|Barcelona|Valencia|Sevilla|Seville|Zaragoza|Malaga|Murcia|Palma|Palma de Mallorca|Bilbao|Alicante|Marbella',
    },
  },
  PT: {
    states: { 'Atlantic/Azores': 'Azores|Acores', 'Atlantic/Madeira': 'Madeira' },
    cities: {
      'Atlantic/Azores': 'Ponta Delgada',
      'Atlantic/Madeira': 'Funchal',
      'Europe/Lisbon': 'Lisbon|Lisboa|Porto|Braga|Coimbra|Faro|Cascais',
    },
  },
  CL: {
    states: { 'America/Punta_Arenas': 'Magallanes', 'Pacific/Easter': 'Isla de Pascua' },
    cities: {
      'America/Santiago': 'Santiago|Valparaiso|Vina del Mar|Concepcion|Antofagasta|Temuco',
      'America/Punta_Arenas': 'Punta Arenas',
    },
  },
  CD: {
    states: { 'Africa/Lagos': 'Kinshasa', 'Africa/Maputo': 'Haut Katanga|Katanga|Nord Kivu|Sud Kivu' },
    cities: { 'Africa/Lagos': 'Kinshasa', 'Africa/Maputo': 'Lubumbashi|Goma|Bukavu|Kisangani' },
  },
}

/** The zone most people of a country live in, where the country has several. */
export const mainZones: Readonly<Record<string, string>> = {
  AQ: 'Antarctica/McMurdo',
  AR: 'America/Argentina/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CD: 'Africa/Lagos',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  FM: 'Pacific/Pohnpei',
  GL: 'America/Nuuk',
  ID: 'Asia/Jakarta',
  KI: 'Pacific/Tarawa',
  KZ: 'Asia/Almaty',
  MH: 'Pacific/Majuro',
  MN: 'Asia/Ulaanbaatar',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  NZ: 'Pacific/Auckland',
  PF: 'Pacific/Tahiti',
  PG: 'Pacific/Port_Moresby',
  PS: 'Asia/Gaza',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  TF: 'Indian/Kerguelen',
  UA: 'Europe/Kyiv',
  UM: 'Pacific/Wake',
  US: 'America/New_York',
  UZ: 'Asia/Tashkent',
  VN: 'Asia/Ho_Chi_Minh',
  XK: 'Europe/Belgrade',
}
