// Questions to the server this page came from.

/** Return what an address answers; an Error says why there is no answer, in words for people. */
export async function ask(path) {
  const gone = AbortSignal.timeout(20000);
  let response;
  try {
    response = await fetch(path, { signal: gone, headers: { Accept: "application/json" } });
  } catch {
    throw new Error("连不上，正在重试");
  }
  if (response.status === 401) throw new Error("需要令牌：在地址后加 ?token=…");
  let said;
  try {
    said = await response.json();
  } catch {
    throw new Error(`读不懂答复（${response.status}）`);
  }
  if (!response.ok) throw new Error(said.error ?? `没有答复（${response.status}）`);
  const range = response.headers.get("X-Range")?.split(",").map(Number);
  return range ? { ...said, range: { from: range[0], to: range[1] } } : said;
}
