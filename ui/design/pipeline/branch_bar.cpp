// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/branch_bar.h"

#include "ui/document/pipeline_document.h"
#include "ui/widgets/spin_box_behaviour.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QMenu>

namespace simclr::ui {

namespace {

QToolButton *makeChoice(const char *name, const QString &text, const QString &toolTip, QButtonGroup *group) {
    QToolButton *button = exclusiveButton(QLatin1String(name), text, toolTip);
    group->addButton(button);
    return button;
}

} // namespace

BranchBar::BranchBar(PipelineDocument &document, QWidget *parent) : QWidget(parent), m_document(document) {
    setObjectName(QStringLiteral("branchBar"));
    auto *group = new QButtonGroup(this);
    m_same = makeChoice("sameBranches", tr("Same for both"), tr("The same steps generate both views"), group);
    m_separate =
        makeChoice("separateBranches", tr("Separate"), tr("Each view has its own steps, as in BYOL"), group);
    m_views = makeViewButtons();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    row->addWidget(m_same);
    row->addWidget(m_separate);
    row->addStretch();
    row->addWidget(m_views);
    for (QToolButton *button : {m_same, m_separate})
        connect(button, &QToolButton::pressed, button,
                &commitPendingNumber); // of a card that will be deleted
    connect(m_same, &QToolButton::clicked, &document, &PipelineDocument::dropSecondBranch);
    connect(m_separate, &QToolButton::clicked, &document, &PipelineDocument::splitBranches);
    connect(&document, &PipelineDocument::changed, this, &BranchBar::showBranches);
    showBranches();
}

QWidget *BranchBar::makeViewButtons() {
    auto *views = new QWidget;
    auto *group = new QButtonGroup(views);
    m_first = makeChoice("firstBranch", tr("View 1"), tr("Show the steps of the first view"), group);
    m_second = makeChoice("secondBranch", tr("View 2"), tr("Show the steps of the second view"), group);
    auto *copy = iconButton(QStringLiteral("copyBranch"), QStringLiteral("edit-copy"),
                            tr("Copy the steps of one view to the other"));
    auto *menu = new QMenu(copy);
    menu->setObjectName(QStringLiteral("copyBranchMenu"));
    const QString texts[] = {tr("Copy view 1 to view 2"), tr("Copy view 2 to view 1")};
    for (const int from : {0, 1})
        connect(menu->addAction(texts[from]), &QAction::triggered, &m_document,
                [this, from] { m_document.copyBranch(from); });
    connect(copy, &QToolButton::clicked, menu,
            [copy, menu] { menu->popup(copy->mapToGlobal(QPoint(0, copy->height()))); });
    connect(m_first, &QToolButton::clicked, this, [this] { choose(0); });
    connect(m_second, &QToolButton::clicked, this, [this] { choose(1); });
    auto *row = new QHBoxLayout(views);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    for (QWidget *each : std::initializer_list<QWidget *>{m_first, m_second, copy})
        row->addWidget(each);
    return views;
}

void BranchBar::choose(int branch) {
    if (std::exchange(m_branch, branch) != branch)
        Q_EMIT branchChosen(branch);
}

void BranchBar::showBranches() {
    const bool isSeparate = m_document.pipeline().secondSteps.has_value();
    if (!isSeparate)
        choose(0);
    m_same->setChecked(!isSeparate);
    m_separate->setChecked(isSeparate);
    m_views->setVisible(isSeparate);
    (m_branch == 0 ? m_first : m_second)->setChecked(true);
}

} // namespace simclr::ui
