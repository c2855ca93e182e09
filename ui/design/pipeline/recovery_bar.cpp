// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/recovery_bar.h"

#include "ui/document/pipeline_autosave.h"
#include "ui/widgets/inline_message.h"

#include <QEvent>
#include <QLocale>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

QString offerOf(const LeftPipeline &left) {
    const QString name = QString::fromStdString(left.pipeline.name);
    const QString when = QLocale().toString(left.changed, QLocale::ShortFormat);
    return RecoveryBar::tr(
               "Unsaved changes to “%1” from %2 were found. The application did not shut down cleanly.")
        .arg(name.isEmpty() ? RecoveryBar::tr("a pipeline without a name") : name, when);
}

} // namespace

RecoveryBar::RecoveryBar(PipelineAutosave &autosave, QWidget *parent)
    : QWidget(parent), m_autosave(autosave), m_offer(new InlineMessage), m_problem(new InlineMessage) {
    m_offer->setObjectName(QStringLiteral("recoveryOffer"));
    m_problem->setObjectName(QStringLiteral("recoveryProblem"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (InlineMessage *message : {m_offer, m_problem}) {
        message->installEventFilter(this);
        layout->addWidget(message);
    }
    connect(m_offer, &InlineMessage::actionRequested, &autosave, &PipelineAutosave::recover);
    connect(m_offer, &InlineMessage::secondActionRequested, &autosave, &PipelineAutosave::discard);
    connect(&autosave, &PipelineAutosave::leftChanged, this, &RecoveryBar::showOffer);
    connect(&autosave, &PipelineAutosave::failed, m_problem,
            [this](const QString &reason) { m_problem->showText(InlineMessage::Tone::Warning, reason); });
    showOffer();
}

bool RecoveryBar::eventFilter(QObject *, QEvent *event) {
    if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent)
        keepDistance();
    return false;
}

void RecoveryBar::keepDistance() {
    const bool isEmpty = m_offer->isHidden() && m_problem->isHidden();
    layout()->setContentsMargins(isEmpty ? QMargins() : QMargins(10, 10, 10, 0));
}

void RecoveryBar::showOffer() {
    if (m_autosave.left().empty())
        return m_offer->clear();
    m_offer->showText(InlineMessage::Tone::Warning, offerOf(m_autosave.left().front()), tr("Recover"),
                      tr("Discard"));
}

} // namespace simclr::ui
