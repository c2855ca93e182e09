// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_page.h"

#include "ui/train/train_controls.h"
#include "ui/train/train_page_impl.h"

#include <QEvent>

namespace simclr::ui {

TrainPage::TrainPage(Workspace &workspace, PipelineDocument &document, TrainingSession &session,
                     EvaluationSession &evaluation, QWidget *parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("trainPage"));
    m_impl = std::make_unique<Impl>(*this, workspace, document, session, evaluation);
}

TrainPage::~TrainPage() {
    // First, while the rest exists: a spin box deleted while it is edited may emit its value.
    delete m_impl->m_controls;
}

void TrainPage::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_impl)
        m_impl->styleProblem();
}

void TrainPage::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    if (m_impl->m_isCheckDue)
        m_impl->recheck();
}

} // namespace simclr::ui
