// What applications make of req.url, each in its own way: any of them counts.
const http = require('http'), path = require('path'), url = require('url');
const views = [
  u => new URL(u, 'http://o').pathname,
  u => decodeURIComponent(new URL(u, 'http://o').pathname),
  u => path.posix.normalize(decodeURIComponent(new URL(u, 'http://o').pathname)),
  u => path.posix.join('/', decodeURIComponent(u.split('?')[0])),
  u => path.win32.normalize(decodeURIComponent(u.split('?')[0])).replace(/\\/g, '/'),
  u => new URL(decodeURIComponent(u), 'http://o').pathname,
  u => new URL(decodeURI(u), 'http://o').pathname,
  u => decodeURIComponent(decodeURIComponent(u.split('?')[0])),
  u => path.posix.normalize(unescape(u.split('?')[0])),
  u => path.posix.normalize(unescape(unescape(u.split('?')[0]))),
  u => url.parse(u).pathname,
  u => url.parse(u, false, true).pathname,
];
function who(p) {
  return p === '/admin' || p.startsWith('/admin/') ? '<<A>>' : (p + '/').startsWith('/pub/') ? '<<P>>' : '<<O>>';
}
process.removeAllListeners('warning');
http.createServer({ keepAliveTimeout: 60000 }, (req, res) => {
  const seen = new Set();
  for (const view of views) try { seen.add(who(view(req.url))); } catch (e) { /* this one refuses it */ }
  const body = [...seen].join(' ');
  res.writeHead(200, { 'Content-Length': body.length });
  res.end(body);
}).listen(Number(process.argv[2]), '127.0.0.1');
process.stdin.on('end', () => process.exit(0)).resume();
