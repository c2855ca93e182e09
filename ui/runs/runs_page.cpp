// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runs_page.h"

#include "ui/runs/runs_page_impl.h"

#include <QStackedWidget>

namespace simclr::ui {

RunsPage::RunsPage(Workspace &workspace, TrainingSession &session, EvaluationSession &evaluation,
                   QWidget *parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("runsPage"));
    m_impl = std::make_unique<Impl>(*this, workspace, session, evaluation);
}

RunsPage::~RunsPage() {
    delete m_impl->m_stack; // deletes the views before their models
}

void RunsPage::selectRun(RunId run) {
    m_impl->selectRun(run);
}

void RunsPage::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    m_impl->becomeVisible();
}

void RunsPage::hideEvent(QHideEvent *event) {
    QWidget::hideEvent(event);
    m_impl->becomeHidden();
}

void RunsPage::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_impl)
        m_impl->applyLook();
}

} // namespace simclr::ui
