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
#include <QCoreApplication>
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

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(main)
};

/// What is wrong with the arguments; empty if they are valid.
QString problemIn(const QCommandLineParser &parser, const QCommandLineOption &data,
                  const QCommandLineOption &page) {
    const QStringList pages{QStringLiteral("data"), QStringLiteral("design"), QStringLiteral("train"),
                            QStringLiteral("runs")};
    if (parser.isSet(page) && !pages.contains(parser.value(page)))
        return Texts::tr("unknown page \"%1\"; use data, design, train or runs").arg(parser.value(page));
    if (parser.positionalArguments().size() + (parser.isSet(data) ? 1 : 0) > 1)
        return Texts::tr("only one image source can be opened");
    return {};
}

/// Qt prints the output of --help and --version and exits without checking that it was written.
void reportLostOutput() {
    errno = 0;
    if ((std::fflush(stdout) == 0 && std::ferror(stdout) == 0) || errno == EPIPE)
        return;
    std::fprintf(stderr, "simclr-workbench: the output could not be written: %s\n",
                 errno == 0 ? "unknown reason" : std::strerror(errno));
    ::_exit(1);
}

/// --help and --version also work without a display.
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

/// Qt finds its own folders, such as the settings folder, only through HOME.
void provideHome() {
    if (const auto home = homeFolder())
        qputenv("HOME", QByteArray(home->c_str()));
}

/// Nothing, and a line on stderr, if the home folder is not known.
std::optional<std::filesystem::path> defaultDatabase() {
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
    for (const int signal : {SIGPIPE, SIGXFSZ}) // closing the terminal must not end a training run
        std::signal(signal, SIG_IGN);
    std::atexit(reportLostOutput);
    provideHome();
    const std::unique_ptr<QCoreApplication> application = makeApplication(argc, argv);
    ui::nameApplication(); // first: settings and the data folder depend on it
    QCommandLineParser parser;
    parser.setApplicationDescription(Texts::tr("Design augmentations, train SimCLR, compare runs."));
    const QCommandLineOption database(QStringLiteral("db"), Texts::tr("Store runs in FILE."),
                                      QStringLiteral("FILE"));
    const QCommandLineOption data(QStringLiteral("data"),
                                  Texts::tr("Open these images: \"shapes\", a folder or a file."),
                                  QStringLiteral("SOURCE"));
    const QCommandLineOption page(QStringLiteral("page"),
                                  Texts::tr("Show this page first: data, design, train or runs."),
                                  QStringLiteral("NAME"));
    parser.addOptions({database, data, page});
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("SOURCE"), Texts::tr("Open these images, as --data does."),
                                 QStringLiteral("[SOURCE]"));
    parser.process(*application);
    if (const QString problem = problemIn(parser, data, page); !problem.isEmpty()) {
        std::fprintf(stderr, "simclr-workbench: %s\n", qPrintable(problem));
        return 2;
    }

    auto *gui = qobject_cast<QApplication *>(application.get());
    if (gui == nullptr)
        return 2; // --help or --version was the value of another option
    const QString file = parser.value(database);
    const auto runs = file.isEmpty() ? defaultDatabase() : std::optional(ui::toPath(file));
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
