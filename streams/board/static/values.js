// Values as an officer reads them: units, signs for levels, colours by thresholds.

const SHARE = "%", INSTANT = "时间", DAY = "日期", YUAN = "元";
export const CHINA = 8 * 3600000;
export const NOTHING = "—";

/** Return a value as text, with its unit. */
export function shown(value, column) {
  const mapping = mapped(value, column);
  if (mapping) return mapping.text;
  if (value === null || value === "") return NOTHING;
  if (column.unit === INSTANT) return typeof value === "number" ? minute(value) : String(value).slice(0, 16);
  if (column.unit === DAY) return String(value).slice(0, 10);
  if (!isNumber(value, column)) return String(value);
  if (column.unit === SHARE) return `${fixed(Number(value) * 100, column.decimals ?? 1)} %`;
  const decimals = column.decimals ?? (column.unit === YUAN ? 2 : undefined);
  const number = fixed(value, decimals);
  return column.unit ? `${number} ${column.unit}` : number;
}

/** Return the name of the colour of a value: of its word, else of its threshold; null where it has none. */
export function colour(value, column) {
  const mapping = mapped(value, column);
  if (mapping?.colour) return mapping.colour;
  if (!column.steps || value === null || value === "" || Number.isNaN(Number(value))) return null;
  let found = null;
  for (const [at, name] of column.steps) if (at === null || Number(value) >= at) found = name;
  return found;
}

/** Return whether a column holds numbers: what the database says, or money, which travels as exact text. */
export function isNumber(value, column) {
  return typeof value === "number" || /^(U?Int|Float|Decimal)/.test(plain(column.type ?? ""));
}

/** Return a type of the database without what says that it may be empty. */
export function plain(type) {
  return type.replace(/^(LowCardinality\(|Nullable\()+/, "");
}

/** Return a number grouped in thousands; exact decimals, which travel as text, stay exact. */
export function fixed(value, decimals) {
  if (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)) {
    const [whole, part = ""] = value.split(".");
    const rest = decimals === undefined ? part : part.slice(0, decimals).padEnd(decimals, "0");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
  }
  const most = decimals ?? (Number.isInteger(Number(value)) ? 0 : 1);
  return Number(value).toLocaleString("zh-CN", { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: most });
}

/** Return where a link of a row leads. What is chosen goes along, unless the link sets it itself. */
export function address(link, row) {
  if (link.cell) {
    const cell = row?.[link.cell];
    return cell ? link.path + encodeURIComponent(cell) : null;
  }
  const query = new URLSearchParams(location.search);
  for (const name of ["kiosk", "case", "rule_id"]) query.delete(name);
  for (const [name, value] of Object.entries(link.fixed ?? {})) query.set(name, value);
  for (const [name, cell] of Object.entries(link.cells ?? {})) {
    if (row?.[cell]) query.set(name, row[cell]);
    else return null;
  }
  if (link.span) {
    query.set("from", row[link.span[0]]);
    query.set("to", row[link.span[1]]);
  }
  const written = query.toString();
  return written ? `${link.path}?${written}` : link.path;
}

/** Return a text of the database as milliseconds, as if its zone were UTC: axes speak local time. */
export function instant(text) {
  return Date.parse(`${text.slice(0, 10)}T${text.slice(11, 23) || "00:00"}Z`);
}

/** Return milliseconds as the date they stand for. */
export function dayText(at) {
  return new Date(at).toISOString().slice(0, 10);
}

/** Return milliseconds since 1970 as local date and minute. */
function minute(at) {
  return new Date(at + CHINA).toISOString().slice(0, 16).replace("T", " ");
}

function mapped(value, column) {
  return column.mappings?.find((one) => one.value === String(value));
}
