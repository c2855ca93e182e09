// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/annotations.h"

#include <QList>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <span>

class QMenu;
class QWidget;

namespace simclr {
class RunStore;
}

namespace simclr::ui {

class RunCatalogue;

/// What a user does with runs in the table: tags, note, star, archive, trash, and the undo of the last of
/// them. Owned by the RunsPage; UI thread.
class RunActions : public QObject {
    Q_OBJECT
  public:
    /// `parent` is that of the dialogs.
    RunActions(RunCatalogue &catalogue, QWidget &parent);

    /// Adds the actions for these runs.
    void fill(QMenu &menu, const QList<qint64> &runs);
    void moveToTrash(const QList<qint64> &runs);
    /// Reverts the last change; nothing without one.
    void undo();

  Q_SIGNALS:
    /// A sentence on what was done, or why it was not; empty if there is nothing to say.
    void done(const QString &what, bool isProblem);

  private:
    using Change = std::function<AnnotationUndo(RunStore &, std::span<const RunId>)>;

    void apply(const QList<qint64> &runs, const QString &what, Change change);
    void change(const QList<qint64> &runs, const QString &what, const AnnotationChange &change);
    void addFlag(QMenu &menu, const QList<qint64> &runs, bool isSet, const QString &set, const QString &unset,
                 std::optional<bool> AnnotationChange::*member);
    void askForTags(const QList<qint64> &runs);
    void askForNote(qint64 run);
    void askToEmptyTrash();

    RunCatalogue &m_catalogue;
    QWidget &m_parent;
    std::shared_ptr<const AnnotationUndo> m_undo;
    QString m_undone; ///< what it reverts
};

} // namespace simclr::ui
