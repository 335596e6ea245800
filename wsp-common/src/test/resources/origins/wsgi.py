"""What applications make of PATH_INFO, each in its own way: any of them counts."""
import os, posixpath, socketserver, sys, threading, urllib.parse
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
]

def who(p):
    return b'<<A>>' if p == '/admin' or p.startswith('/admin/') else b'<<P>>' if (p + '/').startswith('/pub/') else b'<<O>>'

def app(environ, start):
    seen = set()
    for view in VIEWS:
        try:
            seen.add(who(view(environ['PATH_INFO'])))
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
    def log_message(self, *args):
        pass

class Server(socketserver.ThreadingMixIn, simple_server.WSGIServer):
    daemon_threads = True

threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
simple_server.make_server('127.0.0.1', int(sys.argv[1]), app, Server, Handler).serve_forever()
