// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "core/util/allocator.h"
#include "core/util/version.h"
#include "ui/design/pipeline_files.h"
#include "ui/shell/main_window.h"
#include "ui/shell/window_settings.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QCommandLineParser>

namespace {

using namespace simclr;

/// Names first: settings and the data folder depend on them.
void nameApplication() {
    QApplication::setOrganizationName(QStringLiteral("simclr-workbench"));
    QApplication::setApplicationName(QStringLiteral("simclr-workbench"));
    QApplication::setApplicationDisplayName(QString());
    QApplication::setApplicationVersion(QString::fromLatin1(programVersion));
    QApplication::setDesktopFileName(QStringLiteral("simclr-workbench"));
}

QString tr(const char *text) {
    return QCoreApplication::translate("main", text);
}

} // namespace

int main(int argc, char **argv) {
    keepLargeBlocks();
    QApplication application(argc, argv);
    nameApplication();
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
    parser.process(application);

    ui::theme::apply(application, ui::rememberedTheme());
    const QString file = parser.value(database);
    ui::MainWindow window(file.isEmpty() ? defaultDatabasePath() : ui::toPath(file), parser.value(data));
    window.setWindowIcon(QIcon(QStringLiteral(":/icons/simclr-workbench.svg")));
    if (parser.isSet(page))
        window.showPage(parser.value(page));
    window.show();
    return QApplication::exec();
}
