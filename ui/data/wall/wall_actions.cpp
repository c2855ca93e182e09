// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/wall/wall_actions.h"

#include "ui/data/image_file.h"
#include "ui/data/wall/image_wall.h"
#include "ui/text/paths.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>

namespace simclr::ui {

namespace {

/// Paths or names; incomplete if `stop` was requested.
QStringList linesOf(const Dataset &dataset, const std::vector<std::uint32_t> &samples, bool arePaths,
                    const std::stop_token &stop) {
    QStringList lines;
    lines.reserve(qsizetype(samples.size()));
    for (const std::uint32_t sample : samples) {
        if (stop.stop_requested())
            break;
        const auto file = arePaths ? fileOf(dataset, sample) : std::nullopt;
        lines.append(file ? toQString(*file) : QString::fromStdString(dataset.sampleName(sample)));
    }
    return lines;
}

} // namespace

WallActions::WallActions(ImageWall &wall, QObject *parent)
    : QObject(parent), m_wall(wall), m_menu(new QMenu(&wall)) {
    m_menu->setObjectName(QStringLiteral("wallMenu"));
    m_show = add("wallShowFile", "document-open-folder", tr("Show in file manager"), &WallActions::showFile);
    m_copyPaths = add("wallCopyPaths", "edit-copy", tr("Copy path"), &WallActions::copyPaths);
    m_copyPaths->setShortcut(QKeySequence::Copy);
    add("wallCopyNames", "edit-copy", tr("Copy name"), &WallActions::copyNames);
    m_menu->addSeparator();
    add("wallPreview", "page-design", tr("Preview in Design"), &WallActions::preview);
    m_menu->addSeparator();
    QAction *leaveOut = add("wallLeaveOut", "list-remove", tr("Leave out"), &WallActions::leaveOut);
    leaveOut->setShortcut(Qt::Key_Delete);
    add("wallKeep", "view-filter", tr("Use only these"), &WallActions::keep);
    for (QAction *action : {m_copyPaths, leaveOut}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        wall.addAction(action);
    }
    wall.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&wall, &QWidget::customContextMenuRequested, this, &WallActions::offer);
}

QAction *WallActions::add(const char *name, const char *icon, const QString &text,
                          void (WallActions::*work)()) {
    QAction *action = m_menu->addAction(theme::icon(QLatin1String(icon)), text);
    action->setObjectName(QLatin1String(name));
    connect(action, &QAction::triggered, this, work);
    return action;
}

/// With the keyboard, beside the current image.
void WallActions::offer(const QPoint &place) {
    if (!m_wall.dataset() || m_wall.chosen().empty())
        return;
    const bool hasFiles = fileOf(*m_wall.dataset(), m_wall.chosen().front()).has_value();
    m_show->setVisible(hasFiles);
    m_copyPaths->setVisible(hasFiles);
    m_menu->popup(m_wall.viewport()->mapToGlobal(place));
}

void WallActions::copy(bool arePaths) {
    if (!m_wall.dataset())
        return;
    const auto work = [dataset = m_wall.dataset(), samples = m_wall.chosen(),
                       arePaths](const BackgroundWorker::Task &task) {
        return linesOf(*dataset, samples, arePaths, task.stop());
    };
    m_worker.ask(work, [this](const QStringList &lines) { take(lines); });
}

void WallActions::take(const QStringList &lines) {
    if (lines.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(lines.join(QChar('\n')));
    Q_EMIT done(lines.size() == 1 ? tr("Copied: %1").arg(lines.front())
                                  : tr("Copied %1 lines.").arg(countText(lines.size())),
                false);
}

void WallActions::copyPaths() {
    copy(true);
}

void WallActions::copyNames() {
    copy(false);
}

void WallActions::showFile() {
    const std::vector<std::uint32_t> chosen = m_wall.chosen();
    const auto file = chosen.empty() ? std::nullopt : fileOf(*m_wall.dataset(), chosen.front());
    if (!file)
        return;
    if (QFileInfo::exists(toQString(*file)))
        showInFileManager(*file);
    else
        Q_EMIT done(tr("%1 was not found.").arg(toQString(*file)), true);
}

void WallActions::preview() {
    Q_EMIT previewRequested(m_wall.chosen());
}

void WallActions::leaveOut() {
    if (const std::vector<std::uint32_t> chosen = m_wall.chosen(); !chosen.empty())
        Q_EMIT leaveOutRequested(chosen);
}

void WallActions::keep() {
    if (const std::vector<std::uint32_t> chosen = m_wall.chosen(); !chosen.empty())
        Q_EMIT keepRequested(chosen);
}

} // namespace simclr::ui
