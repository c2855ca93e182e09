// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/pipeline/step_card.h"

#include "core/augment/operation.h"
#include "ui/design/pipeline/drag_handle.h"
#include "ui/design/pipeline/step_column.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/number_spin_box.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"

#include <QCheckBox>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

Parameter probabilityParameter() {
    return {.id = "probability",
            .title = "Probability",
            .initial = 1.0,
            .minimum = 0,
            .maximum = 1,
            .step = 0.05};
}

NumberSpinBox *makeProbability(const QString &operation) {
    auto *spin = new NumberSpinBox(probabilityParameter());
    spin->setObjectName(QStringLiteral("probability"));
    spin->setPrefix(QStringLiteral("p "));
    spin->setFixedWidth(60);
    spin->setToolTip(StepCard::tr("Probability of applying the operation: 0 never, 1 to every view"));
    spin->setAccessibleName(StepCard::tr("Probability of %1").arg(operation));
    return spin;
}

} // namespace

StepCard::StepCard(const PipelineStep &step, const std::function<void(StepCard &)> &wire, QWidget *parent)
    : Card(parent),
      m_step(step),
      m_handle(new DragHandle),
      m_enabled(new QCheckBox),
      m_title(new ElidedLabel),
      m_reset(iconButton(QStringLiteral("resetStep"), QStringLiteral("edit-reset"),
                         tr("Reset probability and parameters to their initial values"))),
      m_expand(iconButton(QStringLiteral("expand"), QStringLiteral("arrow-down"),
                          tr("Show or hide the content of the card (Enter)"))) {
    setFocusPolicy(Qt::StrongFocus);
    setObjectName(QStringLiteral("stepCard"));
    const OperationType *type = step.isKnown() ? findOperationType(step.operation) : nullptr;
    const QString title = type ? coreText(type->title) : QString::fromStdString(step.operation);
    setAccessibleName(title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(4);
    layout->addLayout(makeHeader(title, type != nullptr));
    makeBody(*layout, wire);
    m_expand->setVisible(hasBody());
    connect(m_handle, &DragHandle::dragMoved, this, &StepCard::dragMoved);
    connect(m_handle, &DragHandle::dragFinished, this, &StepCard::dragFinished);
    showState();
    if (m_inner)
        m_inner->setSteps(step.steps, true);
    setExpanded(true);
}

QHBoxLayout *StepCard::makeHeader(const QString &title, bool known) {
    m_enabled->setObjectName(QStringLiteral("stepEnabled"));
    m_enabled->setToolTip(tr("Enable or disable this operation (Space)"));
    m_enabled->setAccessibleName(tr("Enable %1").arg(title));
    m_title->setObjectName(QStringLiteral("stepTitle"));
    m_title->setText(title);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    auto *header = new QHBoxLayout;
    header->setSpacing(4);
    header->addWidget(m_handle);
    header->addWidget(m_enabled);
    header->addWidget(m_title, 1);
    header->addWidget(m_reset); // in front of the others: appearing, it moves none of them
    if (known) {
        m_probability = makeProbability(title);
        header->addWidget(m_probability);
        header->addSpacing(4);
        connect(m_probability, &QDoubleSpinBox::valueChanged, this, &StepCard::probabilityEdited);
    }
    addButtons(*header);
    header->setAlignment(m_handle, Qt::AlignVCenter);
    connect(m_enabled, &QCheckBox::toggled, this, &StepCard::enabledEdited);
    return header;
}

void StepCard::addButtons(QHBoxLayout &header) {
    auto *duplicate = iconButton(QStringLiteral("duplicateStep"), QStringLiteral("edit-copy"),
                                 withShortcut(tr("Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D)));
    auto *remove = iconButton(QStringLiteral("removeStep"), QStringLiteral("edit-delete"),
                              withShortcut(tr("Remove"), QKeySequence(Qt::Key_Delete)));
    for (QToolButton *button : {duplicate, remove, m_expand})
        header.addWidget(button);
    connect(m_reset, &QToolButton::clicked, this, &StepCard::resetRequested);
    connect(duplicate, &QToolButton::clicked, this, &StepCard::duplicateRequested);
    connect(remove, &QToolButton::clicked, this, &StepCard::removeRequested);
    connect(m_expand, &QToolButton::clicked, this, &StepCard::toggleExpanded);
}

void StepCard::makeBody(QVBoxLayout &layout, const std::function<void(StepCard &)> &wire) {
    const OperationType *type = m_step.isKnown() ? findOperationType(m_step.operation) : nullptr;
    if (!type) {
        QLabel *note =
            mutedLabel(tr("This version does not know the operation. It is kept in the file unchanged; "
                          "disable it to preview and train the other steps."));
        note->setObjectName(QStringLiteral("unknownNote"));
        note->setWordWrap(true);
        note->setContentsMargins(18, 0, 4, 4);
        layout.addWidget(note);
        return;
    }
    m_title->setToolTip(coreText(type->help));
    if (!type->schema.empty()) {
        m_form = new ParameterForm(type->schema);
        m_form->setObjectName(QStringLiteral("stepForm"));
        m_form->setContentsMargins(18, 2, 4, 4);
        connect(m_form, &ParameterForm::valueEdited, this, &StepCard::parameterEdited);
        layout.addWidget(m_form);
    }
    if (type->isCombination()) {
        m_inner = new StepColumn(wire, this);
        m_inner->layout()->setContentsMargins(14, 2, 0, 2);
        layout.addWidget(m_inner);
    }
}

bool StepCard::canShow(const PipelineStep &step) const {
    return step.operation == m_step.operation && step.isKnown() == m_step.isKnown();
}

void StepCard::setStep(const PipelineStep &step, bool structure) {
    m_step = step;
    showState();
    if (m_inner)
        m_inner->setSteps(step.steps, structure);
}

StepColumn *StepCard::column() const {
    return qobject_cast<StepColumn *>(parentWidget());
}

bool StepCard::isAsMade() const {
    if (!m_step.isKnown())
        return true;
    const PipelineStep made = makeStep(m_step.operation);
    return made.probability == m_step.probability && made.parameters == m_step.parameters;
}

void StepCard::showState() {
    const QSignalBlocker quietSwitch(m_enabled);
    m_enabled->setChecked(m_step.enabled);
    m_title->setEnabled(m_step.enabled);
    m_reset->setVisible(!isAsMade());
    if (m_probability) {
        const QSignalBlocker quietSpin(m_probability);
        m_probability->setValue(m_step.probability);
        m_probability->setEnabled(m_step.enabled);
    }
    if (m_form) {
        m_form->setValues(m_step.parameters);
        m_form->setEnabled(m_step.enabled);
    }
    if (m_inner)
        m_inner->setEnabled(m_step.enabled);
}

void StepCard::setExpanded(bool expanded) {
    m_isExpanded = expanded;
    if (m_form)
        m_form->setVisible(expanded);
    if (m_inner)
        m_inner->setVisible(expanded);
    m_expand->setIcon(theme::icon(expanded ? QStringLiteral("arrow-up") : QStringLiteral("arrow-down")));
}

void StepCard::toggleExpanded() {
    if (hasBody())
        setExpanded(!m_isExpanded);
}

void StepCard::setChosen(bool chosen) {
    setHighlighted(chosen);
}

/// Only while the card itself has the focus: keys that a control in it ignores are not keys for the card.
void StepCard::keyPressEvent(QKeyEvent *event) {
    if (!hasFocus())
        return event->ignore();
    switch (event->key()) {
    case Qt::Key_Delete:
        Q_EMIT deletePressed();
        return;
    case Qt::Key_Space:
        Q_EMIT switchPressed(!m_step.enabled);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        toggleExpanded();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        Q_EMIT stepAsideRequested(event->key() == Qt::Key_Up ? -1 : +1, event->modifiers());
        return;
    default:
        Card::keyPressEvent(event);
    }
}

void StepCard::mousePressEvent(QMouseEvent *event) {
    if (event->button() == Qt::LeftButton)
        Q_EMIT pressed(event->modifiers());
}

void StepCard::mouseDoubleClickEvent(QMouseEvent *) {
    toggleExpanded();
}

void StepCard::contextMenuEvent(QContextMenuEvent *event) {
    Q_EMIT menuRequested(event->globalPos());
}

void StepCard::focusInEvent(QFocusEvent *event) {
    Card::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        Q_EMIT pressed({});
}

} // namespace simclr::ui
