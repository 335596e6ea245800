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
  u => decodeURIComponent(u.split('?')[0]).trim(),
  u => path.posix.normalize(decodeURIComponent(u.split('?')[0]).trim()),
  u => path.posix.normalize(decodeURIComponent(decodeURIComponent(u.split('?')[0]).trim()).trim()),
  u => path.posix.normalize('/' + decodeURIComponent(u.split('?')[0]).slice(1).trim()),
  u => path.posix.normalize(u.split('?')[0].split('/').map(s => decodeURIComponent(s).trim()).join('/')),
  u => path.posix.normalize(decodeURIComponent(u.split('?')[0]).split('/').map(s => s.trimEnd()).join('/')),
  u => path.posix.normalize(decodeURIComponent(u.split('?')[0]).split('/').map(s => s.trimStart()).join('/')),
  u => new URL(decodeURIComponent(u.split('?')[0]).trim(), 'http://o').pathname,
  u => path.win32.normalize(decodeURIComponent(u.split('?')[0]).trim()).replace(/\\/g, '/'),
  u => path.posix.normalize(decodeURIComponent(u.split('?')[0].replace(/\+/g, ' ')).trim()),
  u => path.posix.normalize(u.split('?')[0].split('/').map(s => decodeURIComponent(s.replace(/\+/g, ' ')).trim()).join('/')),
  u => windows(decodeURIComponent(u.split('?')[0])),
  u => windows(decodeURIComponent(u.split('?')[0]).trim()),
  u => windows(decodeURIComponent(decodeURIComponent(u.split('?')[0]))),
  u => url.parse(u).pathname,
  u => url.parse(u, false, true).pathname,
];
// "File path formats on Windows systems": a dot at the end of a segment is dropped, and all dots and blanks at the end of the path.
function windows(p) {
  const whole = path.win32.normalize(p).replace(/\\/g, '/').replace(/([^/.])\.(?=\/)/g, '$1').replace(/[. ]+$/, '');
  return whole.replace(/::\$DATA$|:\$I30:\$INDEX_ALLOCATION(?=\/|$)/ig, '');
}
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
