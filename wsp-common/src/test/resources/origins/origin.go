// What applications make of a request in Go, each in its own way: any of them counts.
package main

import (
	"net/http"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
)

type says string

func (s says) ServeHTTP(w http.ResponseWriter, r *http.Request) { answer(w, r, string(s)) }

func unescape(p string) string {
	if u, err := url.PathUnescape(p); err == nil {
		return u
	}
	return "/refused"
}

func trimmed(p string) string {
	segments := strings.Split(p, "/")
	for i, s := range segments {
		segments[i] = strings.TrimSpace(s)
	}
	return strings.Join(segments, "/")
}

// As those do who take a path for a form.
func form(r *http.Request) string {
	if u, err := url.QueryUnescape(r.URL.EscapedPath()); err == nil {
		return u
	}
	return "/refused"
}

var views = []func(r *http.Request) string{
	func(r *http.Request) string { return r.URL.Path },
	func(r *http.Request) string { return r.URL.EscapedPath() },
	func(r *http.Request) string { return path.Clean(r.URL.Path) },
	func(r *http.Request) string { return path.Clean("/" + r.URL.Path) },
	func(r *http.Request) string { return path.Clean(strings.TrimSpace(r.URL.Path)) },
	func(r *http.Request) string { return path.Clean(trimmed(r.URL.Path)) },
	func(r *http.Request) string { return path.Clean(strings.ReplaceAll(r.URL.Path, "\\", "/")) },
	func(r *http.Request) string { return path.Clean(strings.TrimSpace(form(r))) },
	func(r *http.Request) string { return path.Clean(trimmed(form(r))) },
	func(r *http.Request) string { return unescape(r.URL.Path) },
	func(r *http.Request) string { return path.Clean(unescape(r.URL.Path)) },
	func(r *http.Request) string { return path.Clean(unescape(path.Clean(r.URL.Path))) },
	func(r *http.Request) string { return unescape(path.Clean(r.URL.EscapedPath())) },
	func(r *http.Request) string {
		if u, err := url.Parse(r.URL.Path); err == nil {
			return u.Path
		}
		return "/refused"
	},
	func(r *http.Request) string {
		base := url.URL{Scheme: "http", Host: "o", Path: "/"}
		if u, err := base.Parse(r.RequestURI); err == nil {
			return u.Path
		}
		return "/refused"
	},
	func(r *http.Request) string { return "/" + strings.TrimLeft(r.URL.Path, "/") },
}

func who(p string) string {
	switch {
	case p == "/admin" || strings.HasPrefix(p, "/admin/"):
		return "<<A>>"
	case strings.HasPrefix(p+"/", "/pub/"):
		return "<<P>>"
	case p == "/refused":
		return ""
	}
	return "<<O>>"
}

// Where the multiplexer redirects, that is its answer, and no application sees the request.
func answer(w http.ResponseWriter, r *http.Request, by string) {
	seen := by
	for _, view := range views {
		if w := who(view(r)); !strings.Contains(seen, w) {
			seen += w
		}
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(seen)))
	w.Write([]byte(seen))
}

func main() {
	mux := http.NewServeMux()
	mux.Handle("/admin/", says("<<A>>"))
	mux.Handle("/pub/", says("<<P>>"))
	mux.Handle("/", says("<<O>>"))
	served := func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern == "/admin/" && r.URL.Path == path.Clean(r.URL.Path) {
			mux.ServeHTTP(w, r)
			return
		}
		answer(w, r, "")
	}
	go func() {
		buffer := make([]byte, 1)
		os.Stdin.Read(buffer)
		os.Exit(0)
	}()
	http.ListenAndServe("127.0.0.1:"+os.Args[1], http.HandlerFunc(served))
}
