// Tells the server which state of the site this page shows, so that a page loaded while a build ended is
// brought up to date as soon as it connects. It is a plug-in of livereload.js, which is sent after it.
window.LiveReloadPluginState = class {
  static identifier = "state";
  static version = "1.0";

  constructor(window, host) {
    this.host = host;
  }

  analyze() {
    return { state: this.host._livereload.options.state };
  }
};
