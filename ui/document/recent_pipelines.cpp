// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/recent_pipelines.h"

#include "ui/text/paths.h"
#include "ui/widgets/plain_text.h"

#include <QSettings>
#include <QStringList>
#include <algorithm>

namespace simclr::ui {

namespace fs = std::filesystem;

namespace {

const QString settingsKey = QStringLiteral("pipeline/recent");
constexpr std::size_t most = 10;
constexpr int widestName = 420; ///< pixels

} // namespace

std::vector<fs::path> recentPipelines() {
    std::vector<fs::path> files;
    for (const QString &text : QSettings().value(settingsKey).toStringList())
        files.push_back(decodedPath(text.toStdString()));
    return files;
}

void rememberRecentPipeline(const fs::path &file) {
    std::error_code failure;
    const fs::path absolute = fs::absolute(file, failure);
    const fs::path remembered = (failure ? file : absolute).lexically_normal();
    std::vector<fs::path> files = recentPipelines();
    std::erase(files, remembered);
    files.insert(files.begin(), remembered);
    files.resize(std::min(files.size(), most));
    QStringList texts;
    for (const fs::path &each : files)
        texts.append(QString::fromStdString(encodedPath(each)));
    QSettings().setValue(settingsKey, texts);
}

RecentPipelinesMenu::RecentPipelinesMenu(QWidget *parent) : QMenu(parent) {
    setObjectName(QStringLiteral("recentMenu"));
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &RecentPipelinesMenu::fill);
}

void RecentPipelinesMenu::fill() {
    clear();
    const std::vector<fs::path> files = recentPipelines();
    for (const fs::path &file : files)
        add(file);
    if (files.empty()) {
        addAction(tr("No recent pipelines"))->setEnabled(false);
        return;
    }
    addSeparator();
    QAction *forget = addAction(tr("Clear this list"));
    forget->setObjectName(QStringLiteral("clearRecent"));
    connect(forget, &QAction::triggered, this, [] { QSettings().remove(settingsKey); });
}

/// With the folder, to distinguish files with the same name.
void RecentPipelinesMenu::add(const fs::path &file) {
    const QString text =
        QStringLiteral("%1 – %2").arg(toQString(file.filename()), toQString(file.parent_path()));
    QAction *action = addAction(plainButtonText(fontMetrics().elidedText(text, Qt::ElideMiddle, widestName)));
    action->setToolTip(plainToolTip(toQString(file)));
    connect(action, &QAction::triggered, this, [this, file] { Q_EMIT chosen(file); });
}

} // namespace simclr::ui
