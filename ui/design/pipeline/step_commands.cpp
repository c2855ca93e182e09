// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/step_commands.h"

#include "core/augment/operation.h"
#include "core/util/error.h"
#include "ui/design/pipeline/pipeline_list.h"
#include "ui/document/pipeline_document.h"
#include "ui/text/sentence_text.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/spin_box_behaviour.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QShortcut>

namespace simclr::ui {

namespace {

bool isCombination(const PipelineStep *step) {
    const OperationType *type = step && step->isKnown() ? findOperationType(step->operation) : nullptr;
    return type && type->isCombination();
}

} // namespace

StepCommands::StepCommands(PipelineDocument &document, PipelineList &list, QObject *parent)
    : QObject(parent), m_document(document), m_list(list), m_menu(new QMenu(&list)) {
    m_menu->setObjectName(QStringLiteral("stepMenu"));
    m_onChosen = {add("copySteps", "edit-copy", tr("Copy"), QKeySequence::Copy, &StepCommands::copy),
                  add("cutSteps", "edit-cut", tr("Cut"), QKeySequence::Cut, &StepCommands::cut)};
    m_paste = add("pasteSteps", "edit-paste", tr("Paste"), QKeySequence::Paste, &StepCommands::paste);
    m_onChosen.push_back(add("duplicateSteps", "edit-duplicate", tr("Duplicate"),
                             QKeySequence(Qt::CTRL | Qt::Key_D), &StepCommands::duplicate));
    m_menu->addSeparator();
    addCombinations();
    m_dissolve = add("dissolveStep", "split", tr("Dissolve the combination"), {}, &StepCommands::dissolve);
    m_otherView =
        add("copyToOtherView", "edit-copy", tr("Copy to the other view"), {}, &StepCommands::copyToOtherView);
    m_menu->addSeparator();
    m_onChosen.push_back(add("resetSteps", "edit-reset", tr("Reset"), {}, &StepCommands::reset));
    m_onChosen.push_back(add("removeSteps", "edit-delete", tr("Remove"), {}, &StepCommands::remove));
    m_menu->addSeparator();
    add("chooseAllSteps", "edit-select-all", tr("Select all"), QKeySequence::SelectAll,
        &StepCommands::chooseAll);
    addKey(QKeySequence(Qt::ALT | Qt::Key_Up), &StepCommands::moveUp);
    addKey(QKeySequence(Qt::ALT | Qt::Key_Down), &StepCommands::moveDown);
    addKey(QKeySequence(Qt::ALT | Qt::Key_Right), &StepCommands::moveIn);
    addKey(QKeySequence(Qt::ALT | Qt::Key_Left), &StepCommands::moveOut);
    connect(m_menu, &QMenu::aboutToShow, this, &StepCommands::showWhatCanBeDone);
    connect(&list, &PipelineList::duplicateRequested, this, [this] { attempt([this] { duplicate(); }); });
    connect(&list, &PipelineList::removeRequested, this, [this] { attempt([this] { remove(); }); });
    connect(&list, &PipelineList::menuRequested, this, [this](const QPoint &at) { m_menu->popup(at); });
}

QAction *StepCommands::add(const char *name, const char *icon, const QString &text, const QKeySequence &keys,
                           void (StepCommands::*work)()) {
    QAction *action = m_menu->addAction(theme::icon(QLatin1String(icon)), text);
    action->setObjectName(QLatin1String(name));
    connect(action, &QAction::triggered, this, [this, work] { attempt([this, work] { (this->*work)(); }); });
    if (keys.isEmpty())
        return action;
    action->setText(text + QChar('\t') + keys.toString(QKeySequence::NativeText));
    addKey(keys, work);
    return action;
}

/// Only while the focus is in the list: the same keys have other meanings elsewhere.
void StepCommands::addKey(const QKeySequence &keys, void (StepCommands::*work)()) {
    auto *shortcut = new QShortcut(keys, &m_list);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this,
            [this, work] { attempt([this, work] { (this->*work)(); }); });
}

void StepCommands::addCombinations() {
    m_combinations = m_menu->addMenu(theme::icon(QStringLiteral("merge")), tr("Put into"));
    m_combinations->setObjectName(QStringLiteral("combinationMenu"));
    for (const OperationType &type : operationTypes()) {
        if (!type.isCombination())
            continue;
        const QString id = QString::fromStdString(type.id);
        QAction *action = m_combinations->addAction(coreText(type.title));
        action->setObjectName(id);
        action->setToolTip(coreText(type.help));
        connect(action, &QAction::triggered, this, [this, id] { attempt([this, id] { combine(id); }); });
    }
    m_combinations->setToolTipsVisible(true);
}

void StepCommands::attempt(const std::function<void()> &work) {
    commitPendingNumber(); // of a card that will change
    try {
        work();
    } catch (const std::exception &error) {
        Q_EMIT failed(sentenceText(error));
    }
}

void StepCommands::showWhatCanBeDone() {
    const std::vector<StepPath> chosen = m_list.chosenPaths();
    for (QAction *action : m_onChosen)
        action->setEnabled(!chosen.empty());
    m_combinations->setEnabled(!chosen.empty());
    m_paste->setEnabled(!QApplication::clipboard()->text().isEmpty());
    m_dissolve->setEnabled(chosen.size() == 1 && isCombination(stepAt(m_document.pipeline(), chosen[0])));
    m_otherView->setVisible(m_document.pipeline().secondSteps.has_value());
    m_otherView->setEnabled(!chosen.empty());
}

void StepCommands::copy() {
    const std::vector<StepPath> chosen = m_list.chosenPaths();
    if (!chosen.empty())
        QApplication::clipboard()->setText(
            QString::fromStdString(stepsToText(stepsAt(m_document.pipeline(), chosen))));
}

void StepCommands::cut() {
    copy();
    remove();
}

void StepCommands::paste() {
    const std::string text = QApplication::clipboard()->text().toStdString();
    const std::vector<PipelineStep> steps = stepsFromText(text, tr("the clipboard").toStdString());
    if (steps.empty())
        throw InvalidInput(tr("the clipboard contains no steps").toStdString());
    const StepPath at = m_list.placeToAdd();
    m_document.insertSteps(at, steps);
    m_list.chooseFrom(at, steps.size());
}

void StepCommands::duplicate() {
    m_list.choosePaths(m_document.duplicateSteps(m_list.chosenPaths()));
}

void StepCommands::remove() {
    const std::vector<StepPath> chosen = m_list.chosenPaths();
    if (chosen.empty())
        return;
    m_document.removeSteps(chosen);
    m_list.focusNear(chosen.front());
}

void StepCommands::reset() {
    m_document.resetSteps(m_list.chosenPaths());
}

void StepCommands::chooseAll() {
    m_list.chooseAll();
}

void StepCommands::dissolve() {
    if (const std::vector<StepPath> chosen = m_list.chosenPaths(); !chosen.empty())
        m_document.dissolveStep(chosen.front());
}

void StepCommands::moveTo(const std::vector<StepPath> &moved, const StepPath &to) {
    if (const auto at = m_document.moveSteps(moved, to))
        m_list.chooseFrom(*at, moved.size());
}

/// Moves steps at the top of a combination out of it.
void StepCommands::moveUp() {
    const std::vector<StepPath> chosen = m_list.chosenPaths();
    if (chosen.empty())
        return;
    const StepPath &first = chosen.front();
    if (first.row() > 0)
        moveTo(chosen, first.sibling(first.row() - 1));
    else if (first.depth() > 0)
        moveTo(chosen, first.parent());
}

void StepCommands::moveDown() {
    const std::vector<StepPath> chosen = m_list.chosenPaths();
    if (chosen.empty())
        return;
    const StepPath &last = chosen.back();
    if (last.row() + 1 < int(listAround(m_document.pipeline(), last)->size()))
        moveTo(chosen, last.sibling(last.row() + 2));
    else if (last.depth() > 0)
        moveOut();
}

/// Moves the steps into the combination above them.
void StepCommands::moveIn() {
    const std::vector<StepPath> chosen = m_list.chosenPaths();
    if (chosen.empty() || chosen.front().row() == 0)
        return;
    const StepPath before = chosen.front().sibling(chosen.front().row() - 1);
    const PipelineStep *step = stepAt(m_document.pipeline(), before);
    if (isCombination(step))
        moveTo(chosen, before.child(int(step->steps.size())));
}

void StepCommands::moveOut() {
    const std::vector<StepPath> chosen = m_list.chosenPaths();
    if (chosen.empty() || chosen.back().depth() == 0)
        return;
    const StepPath around = chosen.back().parent();
    moveTo(chosen, around.sibling(around.row() + 1));
}

void StepCommands::copyToOtherView() {
    const std::vector<PipelineStep> steps = stepsAt(m_document.pipeline(), m_list.chosenPaths());
    const int other = 1 - m_list.branch();
    m_document.insertSteps({int(m_document.pipeline().stepsOf(other).size()), other}, steps);
}

void StepCommands::combine(const QString &combination) {
    if (const auto at = m_document.combineSteps(m_list.chosenPaths(), combination))
        m_list.choosePaths({*at});
}

} // namespace simclr::ui
