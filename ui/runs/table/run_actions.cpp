// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/run_actions.h"

#include "core/store/run_store.h"
#include "ui/runs/table/annotation_dialogs.h"
#include "ui/widgets/question.h"
#include "ui/workspace/run_catalogue.h"

#include <QLocale>
#include <QMenu>
#include <algorithm>
#include <utility>
#include <vector>

namespace simclr::ui {

namespace {

std::vector<RunId> idsOf(const QList<qint64> &runs) {
    return {runs.begin(), runs.end()};
}

/// Whether all of the runs that exist have it.
template <typename Has>
bool allHave(const RunCatalogue &catalogue, const QList<qint64> &runs, Has has) {
    return std::all_of(runs.begin(), runs.end(), [&](qint64 id) {
        const RunPtr run = catalogue.run(id);
        return run == nullptr || has(*run);
    });
}

} // namespace

RunActions::RunActions(RunCatalogue &catalogue, QWidget &parent)
    : QObject(&parent), m_catalogue(catalogue), m_parent(parent) {}

void RunActions::fill(QMenu &menu, const QList<qint64> &runs) {
    if (!runs.isEmpty()) {
        menu.addAction(tr("Tags…"), this, [this, runs] { askForTags(runs); });
        if (runs.size() == 1)
            menu.addAction(tr("Note…"), this, [this, runs] { askForNote(runs.front()); });
        addFlag(menu, runs, allHave(m_catalogue, runs, [](const RunRecord &run) { return run.starred; }),
                tr("Add a star"), tr("Remove the star"), &AnnotationChange::starred);
        addFlag(menu, runs, allHave(m_catalogue, runs, [](const RunRecord &run) { return run.archived; }),
                tr("Archive"), tr("Take out of the archive"), &AnnotationChange::archived);
        if (allHave(m_catalogue, runs, [](const RunRecord &run) { return run.trashed.has_value(); }))
            menu.addAction(tr("Restore from the trash"), this, [this, runs] {
                apply(runs, tr("Restored"), [](RunStore &store, std::span<const RunId> ids) {
                    return store.annotations().restore(ids);
                });
            });
        else
            menu.addAction(tr("Move to the trash"), this, [this, runs] { moveToTrash(runs); })
                ->setShortcut(Qt::Key_Delete);
    }
    menu.addAction(tr("Empty the trash…"), this, [this] { askToEmptyTrash(); })
        ->setEnabled(std::ranges::any_of(m_catalogue.runs(),
                                         [](const RunPtr &run) { return run->trashed.has_value(); }));
    QAction *undoing =
        menu.addAction(m_undo ? tr("Undo: %1").arg(m_undone) : tr("Undo"), this, [this] { undo(); });
    undoing->setShortcut(QKeySequence::Undo);
    undoing->setEnabled(m_undo != nullptr);
    menu.addSeparator();
}

void RunActions::addFlag(QMenu &menu, const QList<qint64> &runs, bool isSet, const QString &set,
                         const QString &unset, std::optional<bool> AnnotationChange::*member) {
    const QString &title = isSet ? unset : set;
    menu.addAction(title, this, [this, runs, title, isSet, member] {
        AnnotationChange wanted;
        wanted.*member = !isSet;
        change(runs, title, wanted);
    });
}

void RunActions::moveToTrash(const QList<qint64> &runs) {
    apply(runs, tr("Move to the trash"),
          [](RunStore &store, std::span<const RunId> ids) { return store.annotations().moveToTrash(ids); });
}

void RunActions::change(const QList<qint64> &runs, const QString &what, const AnnotationChange &wanted) {
    apply(runs, what, [wanted](RunStore &store, std::span<const RunId> ids) {
        return store.annotations().change(ids, wanted);
    });
}

void RunActions::apply(const QList<qint64> &runs, const QString &what, Change change) {
    const auto undo = std::make_shared<AnnotationUndo>();
    m_catalogue.change(
        [undo, ids = idsOf(runs), change = std::move(change)](RunStore &store) {
            *undo = change(store, ids);
        },
        [this, undo, what, count = runs.size()](const QString &problem) {
            if (!problem.isEmpty()) {
                Q_EMIT done(problem, true);
                return;
            }
            if (undo->isEmpty())
                return; // it was so already
            m_undo = undo;
            m_undone = what;
            Q_EMIT done(count == 1
                            ? tr("%1: 1 run. Ctrl+Z reverts it.").arg(what)
                            : tr("%1: %2 runs. Ctrl+Z reverts it.").arg(what, QLocale().toString(count)),
                        false);
        });
}

void RunActions::undo() {
    if (!m_undo)
        return;
    const auto undo = std::exchange(m_undo, nullptr);
    m_catalogue.change([undo](RunStore &store) { store.annotations().undo(*undo); },
                       [this, undo, what = m_undone](const QString &problem) {
                           if (!problem.isEmpty() && !m_undo)
                               m_undo = undo; // it may be tried again
                           Q_EMIT done(problem.isEmpty() ? tr("Reverted: %1").arg(what) : problem,
                                       !problem.isEmpty());
                       });
}

void RunActions::askForTags(const QList<qint64> &runs) {
    std::vector<RunPtr> known;
    for (const qint64 id : runs)
        if (RunPtr run = m_catalogue.run(id))
            known.push_back(std::move(run));
    editTags(m_parent, known, m_catalogue.runs(),
             [this, runs](const AnnotationChange &wanted) { change(runs, tr("Tags"), wanted); });
}

void RunActions::askForNote(qint64 run) {
    const std::vector<RunRecord> &known = m_catalogue.watched(); // the list has no notes
    if (const auto found = std::ranges::find(known, run, &RunRecord::id); found != known.end())
        editNote(m_parent, *found,
                 [this, run](const AnnotationChange &wanted) { change({run}, tr("Note"), wanted); });
}

void RunActions::askToEmptyTrash() {
    const auto count =
        std::ranges::count_if(m_catalogue.runs(), [](const RunPtr &run) { return run->trashed.has_value(); });
    ask(m_parent,
        {QStringLiteral("emptyTrashDialog"),
         count == 1 ? tr("Delete the run in the trash?")
                    : tr("Delete %1 runs in the trash?").arg(QLocale().toString(qlonglong(count))),
         tr("Curves, results and checkpoints are deleted too. This cannot be undone."), tr("Delete")},
        [this] {
            const auto emptied = std::make_shared<TrashEmptied>();
            m_catalogue.change([emptied](RunStore &store) { *emptied = store.annotations().emptyTrash(); },
                               [this, emptied](const QString &problem) {
                                   QStringList problems;
                                   for (const std::string &each : emptied->problems)
                                       problems.append(QString::fromStdString(each));
                                   const QString all = problem + problems.join(QLatin1Char('\n'));
                                   Q_EMIT done(all, !all.isEmpty());
                               });
        });
}

} // namespace simclr::ui
