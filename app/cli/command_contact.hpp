#pragma once

namespace CLI {
class App;
}

namespace app {

/// `export contact`: the contact sheet 联系图 of a batch, 12 cases a page.
void addContactVerb(CLI::App& exportCommand, int& status);

} // namespace app
