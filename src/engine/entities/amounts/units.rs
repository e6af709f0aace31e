//! Words and signs that amounts are made of.

pub(super) const SYMBOLS: &str = "$ € £ ¥ ₹ ₽ ₩ ₦ ₪ ₫ ₱ ₺ ₴ ₡ ₵ ₿ ฿ ¢ ﷼ ₸";

/// What may stand glued before "$".
pub(super) const DOLLARS: &str = "us u.s. a au c ca hk nz s r nt z";

pub(super) const CURRENCIES: &str = "dollar dollars euro euros pound pounds yen yuan renminbi rupee rupees ruble rubles rouble \
    roubles franc francs peso pesos real reais rand naira shilling shillings won baht ringgit \
    rupiah dong lira liras krona kronor krone kroner zloty zlotys forint forints hryvnia \
    hryvnias dinar dinars dirham dirhams riyal riyals rial rials shekel shekels taka kwacha cedi \
    cedis birr pula colones cent cents pence bitcoin bitcoins sterling bucks kwanza tenge";

pub(super) const CODES: &str =
    "USD EUR GBP JPY CNY RMB INR AUD CAD CHF HKD SGD ZAR NGN KES BRL RUB TRY SEK NOK Rs Rs.";

pub(super) const UNITS: &str = "km kms kilometer kilometers kilometre kilometres meter meters metre metres centimeter \
    centimeters centimetre centimetres millimeter millimeters millimetre millimetres mile miles \
    yard yards foot feet inch inches acre acres hectare hectares kg kgs kilogram kilograms kilo \
    kilos gram grams milligram milligrams ton tons tonne tonnes ounce ounces lb lbs liter liters \
    litre litres gallon gallons barrel barrels bushel bushels mph kph km/h knots degrees degree \
    megawatt megawatts gigawatt gigawatts kilowatt kilowatts watts volts cm mm ft mw gw kw \
    gigabytes megabytes terabytes gb tb hertz calories carats carat lightyears";

/// Letters glued to a number that make it a measure: "5km".
pub(super) const GLUED_UNITS: &str =
    "km kg cm mm g lb lbs ft mph kmh kph mw gw kw gb mb tb hz mhz ghz";

pub(super) const TIMES: &str = "year years month months week weeks day days hour hours minute minutes second seconds decade \
    decades century centuries night nights weekend weekends fortnight quarter am pm a.m. p.m. \
    o'clock hrs mins secs gmt utc bc ad ce bce millennium millennia";

pub(super) const MONTHS: &str = "january february march april may june july august september october november december jan. \
    feb. mar. apr. aug. sep. sept. oct. nov. dec.";
