"""What applications make of PATH_INFO, each in its own way: any of them counts."""
import os, posixpath, socketserver, sys, threading, urllib.parse
from http import server
from wsgiref import simple_server

VIEWS = [
    lambda p: p,
    lambda p: posixpath.normpath(p),
    lambda p: p.encode('latin-1').decode('utf-8', 'replace'),
    lambda p: urllib.parse.urlsplit(p).path,
    lambda p: urllib.parse.urlparse(p).path,
    lambda p: urllib.parse.urljoin('http://o/', p)[8:],
    lambda p: urllib.parse.unquote(p),
    lambda p: posixpath.normpath(urllib.parse.unquote(p)),
    lambda p: posixpath.normpath('/' + p.lstrip('/')),
    lambda p: posixpath.normpath(p.strip()),
    lambda p: posixpath.normpath(p.encode('latin-1').decode('utf-8', 'replace').strip()),
    lambda p: posixpath.normpath('/'.join(s.rstrip() for s in p.split('/'))),
    lambda p: posixpath.normpath('/'.join(s.strip() for s in urllib.parse.unquote(p).split('/'))),
]
# And what they make of the request line, as it is.
RAW_VIEWS = [
    lambda p: FILES.translate_path(p),
    lambda p: urllib.parse.unquote(urllib.parse.urlsplit(p).path),
    lambda p: posixpath.normpath(urllib.parse.unquote(urllib.parse.urlsplit(p).path).strip()),
    lambda p: urllib.parse.urlsplit(urllib.parse.unquote(p)).path,
    lambda p: urllib.parse.unquote_plus(p.split('?')[0]),
    lambda p: posixpath.normpath(urllib.parse.unquote_plus(p.split('?')[0]).strip()),
    lambda p: posixpath.normpath('/'.join(s.strip() for s in urllib.parse.unquote_plus(p.split('?')[0]).split('/'))),
    lambda p: posixpath.normpath(urllib.parse.unquote_plus(urllib.parse.unquote_plus(p.split('?')[0])).strip()),
    lambda p: urllib.parse.urlparse(urllib.parse.urljoin('http://o/', urllib.parse.unquote(p))).path,
]

FILES = object.__new__(server.SimpleHTTPRequestHandler)
FILES.directory = '/'


def who(p):
    return b'<<A>>' if p == '/admin' or p.startswith('/admin/') else b'<<P>>' if (p + '/').startswith('/pub/') else b'<<O>>'

def app(environ, start):
    seen = set()
    for views, path in ((VIEWS, environ['PATH_INFO']), (RAW_VIEWS, environ['RAW'])):
        for view in views:
            try:
                seen.add(who(view(path)))
            except ValueError:
                pass  # this one refuses it
    body = b' '.join(seen)
    start('200 OK', [('Content-Length', str(len(body)))])
    return [body]

class Handler(simple_server.WSGIRequestHandler):
    """One request after the other, where the original closes the connection after each."""
    def handle(self):
        while self.rfile.peek(1):
            super().handle()
    def get_environ(self):
        return super().get_environ() | {'RAW': self.path}
    def log_message(self, *args):
        pass

class Server(socketserver.ThreadingMixIn, simple_server.WSGIServer):
    daemon_threads = True

threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
simple_server.make_server('127.0.0.1', int(sys.argv[1]), app, Server, Handler).serve_forever()
