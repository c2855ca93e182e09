// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "core/util/allocator.h"
#include "core/util/error.h"
#include "core/util/user_folders.h"
#include "ui/shell/application_names.h"
#include "ui/shell/main_window.h"
#include "ui/shell/window_settings.h"
#include "ui/text/paths.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unistd.h>

namespace {

using namespace simclr;

QString tr(const char *text) {
    return QCoreApplication::translate("main", text);
}

/// What is wrong with the arguments; empty where nothing is.
QString problemIn(const QCommandLineParser &parser, const QCommandLineOption &data,
                  const QCommandLineOption &page) {
    const QStringList pages{QStringLiteral("design"), QStringLiteral("train"), QStringLiteral("runs")};
    if (parser.isSet(page) && !pages.contains(parser.value(page)))
        return tr("there is no page \"%1\"; it is design, train or runs").arg(parser.value(page));
    if (parser.positionalArguments().size() + (parser.isSet(data) ? 1 : 0) > 1)
        return tr("only one source of images can be opened");
    return {};
}

/// Qt prints what --help and --version ask for and ends the program without asking whether it was written.
void tellLostOutput() {
    errno = 0;
    if ((std::fflush(stdout) == 0 && std::ferror(stdout) == 0) || errno == EPIPE)
        return;
    std::fprintf(stderr, "simclr-workbench: the output could not be written: %s\n",
                 errno == 0 ? "unknown reason" : std::strerror(errno));
    ::_exit(1);
}

/// --help and --version answer without a screen too.
bool asksOnly(int argc, char **argv) {
    const std::span<char *> arguments(argv, static_cast<std::size_t>(argc));
    return std::ranges::any_of(arguments, [](const char *argument) {
        const std::string_view text(argument);
        return text == "--help" || text == "-h" || text == "--help-all" || text == "--version" ||
               text == "-v";
    });
}

std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv) {
    if (asksOnly(argc, argv))
        return std::make_unique<QCoreApplication>(argc, argv);
    return std::make_unique<QApplication>(argc, argv);
}

/// Qt's own folders, such as that of the settings, follow HOME alone.
void provideHome() {
    if (const auto home = homeFolder())
        qputenv("HOME", QByteArray(home->c_str()));
}

/// Nothing, and a line on stderr, where no home folder is known.
std::optional<std::filesystem::path> usualDatabase() {
    try {
        return defaultDatabasePath();
    } catch (const IoError &error) {
        std::fprintf(stderr, "simclr-workbench: %s; name the database of runs with --db FILE\n",
                     error.what());
        return std::nullopt;
    }
}

} // namespace

int main(int argc, char **argv) {
    keepLargeBlocks();
    for (const int signal : {SIGPIPE, SIGXFSZ}) // a terminal that goes away must not end a training
        std::signal(signal, SIG_IGN);
    std::atexit(tellLostOutput);
    provideHome();
    const std::unique_ptr<QCoreApplication> application = makeApplication(argc, argv);
    ui::nameApplication(); // first: settings and the data folder depend on it
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("Compose augmentations, train SimCLR, compare runs."));
    const QCommandLineOption database(QStringLiteral("db"), tr("Keep runs in FILE."), QStringLiteral("FILE"));
    const QCommandLineOption data(QStringLiteral("data"),
                                  tr("Open these images: \"shapes\", a folder or a file."),
                                  QStringLiteral("SOURCE"));
    const QCommandLineOption page(QStringLiteral("page"), tr("Show this page first: design, train or runs."),
                                  QStringLiteral("NAME"));
    parser.addOptions({database, data, page});
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("SOURCE"), tr("Open these images, as --data does."),
                                 QStringLiteral("[SOURCE]"));
    parser.process(*application);
    if (const QString problem = problemIn(parser, data, page); !problem.isEmpty()) {
        std::fprintf(stderr, "simclr-workbench: %s\n", qPrintable(problem));
        return 2;
    }

    auto *gui = qobject_cast<QApplication *>(application.get());
    if (gui == nullptr)
        return 2; // what looked like a question was the value of an option
    const QString file = parser.value(database);
    const auto runs = file.isEmpty() ? usualDatabase() : std::optional(ui::toPath(file));
    if (!runs)
        return 2;
    ui::theme::apply(*gui, ui::rememberedTheme());
    const QString source = parser.isSet(data) ? parser.value(data) : parser.positionalArguments().value(0);
    ui::MainWindow window(*runs, source);
    window.setWindowIcon(QIcon(QStringLiteral(":/icons/simclr-workbench.svg")));
    if (parser.isSet(page))
        window.showPage(parser.value(page));
    window.show();
    return QApplication::exec();
}
