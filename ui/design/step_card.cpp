// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/step_card.h"

#include "core/augment/operation.h"
#include "ui/design/drag_handle.h"
#include "ui/design/step_titles.h"
#include "ui/widgets/number_spin_box.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tool_buttons.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QShortcut>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace simclr::ui {

namespace {

Parameter probabilityParameter() {
    return {.id = "probability",
            .title = "Probability",
            .help = "How often the operation is applied.",
            .initial = 1.0,
            .minimum = 0,
            .maximum = 1,
            .step = 0.05};
}

NumberSpinBox *makeProbability(const QString &operation) {
    auto *spin = new NumberSpinBox(probabilityParameter());
    spin->setObjectName(QStringLiteral("probability"));
    spin->setPrefix(QStringLiteral("p "));
    spin->setFixedWidth(72);
    spin->setToolTip(StepCard::tr("How often the operation is applied: 0 never, 1 to every view"));
    spin->setAccessibleName(StepCard::tr("Probability of %1").arg(operation));
    return spin;
}

} // namespace

StepCard::StepCard(const PipelineStep &step, QWidget *parent)
    : Card(parent),
      m_step(step),
      m_handle(new DragHandle),
      m_enabled(new QCheckBox),
      m_title(new ElidedLabel),
      m_expand(iconButton(QStringLiteral("expand"), QStringLiteral("arrow-down"),
                          tr("Show or hide the parameters"))) {
    setFocusPolicy(Qt::StrongFocus);
    setObjectName(QStringLiteral("stepCard"));
    const OperationType *type = step.isKnown() ? findOperationType(step.operation) : nullptr;
    const QString title = stepTitle(step);
    setAccessibleName(title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(4);
    layout->addLayout(makeHeader(title, type != nullptr));
    m_body = makeBody();
    if (m_body)
        layout->addWidget(m_body);
    m_expand->setVisible(m_body != nullptr && m_form != nullptr);
    addShortcuts();
    connect(m_handle, &DragHandle::dragMoved, this, &StepCard::dragMoved);
    connect(m_handle, &DragHandle::dragFinished, this, &StepCard::dragFinished);
    showState();
    setExpanded(true);
}

QHBoxLayout *StepCard::makeHeader(const QString &title, bool known) {
    m_enabled->setObjectName(QStringLiteral("stepEnabled"));
    m_enabled->setToolTip(tr("Use this operation, or leave it out"));
    m_enabled->setAccessibleName(tr("Use %1").arg(title));
    m_title->setObjectName(QStringLiteral("stepTitle"));
    m_title->setText(title);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    auto *duplicate = iconButton(QStringLiteral("duplicateStep"), QStringLiteral("edit-copy"),
                                 withShortcut(tr("Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D)));
    auto *remove = iconButton(QStringLiteral("removeStep"), QStringLiteral("edit-delete"),
                              withShortcut(tr("Remove"), QKeySequence(Qt::Key_Delete)));
    auto *header = new QHBoxLayout;
    header->setSpacing(4);
    header->addWidget(m_handle);
    header->addWidget(m_enabled);
    header->addWidget(m_title, 1);
    if (known) {
        m_probability = makeProbability(title);
        header->addWidget(m_probability);
        header->addSpacing(4);
        connect(m_probability, &QDoubleSpinBox::valueChanged, this, &StepCard::probabilityEdited);
    }
    header->addWidget(duplicate);
    header->addWidget(remove);
    header->addWidget(m_expand);
    header->setAlignment(m_handle, Qt::AlignVCenter);
    connect(m_enabled, &QCheckBox::toggled, this, &StepCard::enabledEdited);
    connect(duplicate, &QToolButton::clicked, this, &StepCard::duplicateRequested);
    connect(remove, &QToolButton::clicked, this, &StepCard::removeRequested);
    connect(m_expand, &QToolButton::clicked, this, [this] { setExpanded(m_body && m_body->isHidden()); });
    return header;
}

QWidget *StepCard::makeBody() {
    const OperationType *type = m_step.isKnown() ? findOperationType(m_step.operation) : nullptr;
    if (!type) {
        QLabel *note =
            mutedLabel(tr("This version does not know the operation. It stays in the file as it is; "
                          "switch it off to see and train the rest."));
        note->setObjectName(QStringLiteral("unknownNote"));
        note->setWordWrap(true);
        note->setContentsMargins(18, 0, 4, 4);
        return note;
    }
    m_title->setToolTip(QString::fromStdString(type->help));
    if (type->schema.empty())
        return nullptr;
    m_form = new ParameterForm(type->schema);
    m_form->setObjectName(QStringLiteral("stepForm"));
    m_form->setContentsMargins(18, 2, 4, 4);
    connect(m_form, &ParameterForm::valueEdited, this, &StepCard::parameterEdited);
    return m_form;
}

void StepCard::addShortcuts() {
    const auto on = [this](const QKeySequence &keys, auto action) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    on(QKeySequence(Qt::ALT | Qt::Key_Up), [this] { Q_EMIT moveRequested(-1); });
    on(QKeySequence(Qt::ALT | Qt::Key_Down), [this] { Q_EMIT moveRequested(+1); });
    on(QKeySequence(Qt::CTRL | Qt::Key_D), [this] { Q_EMIT duplicateRequested(); });
}

void StepCard::setStep(const PipelineStep &step) {
    m_step = step;
    showState();
}

void StepCard::showState() {
    const QSignalBlocker quietSwitch(m_enabled);
    m_enabled->setChecked(m_step.enabled);
    m_title->setEnabled(m_step.enabled);
    if (m_probability) {
        const QSignalBlocker quietSpin(m_probability);
        m_probability->setValue(m_step.probability);
        m_probability->setEnabled(m_step.enabled);
    }
    if (m_form) {
        m_form->setValues(m_step.parameters);
        m_form->setEnabled(m_step.enabled);
    }
}

void StepCard::setExpanded(bool expanded) {
    if (m_form)
        m_form->setVisible(expanded);
    m_expand->setIcon(theme::icon(expanded ? QStringLiteral("arrow-up") : QStringLiteral("arrow-down")));
}

/// Only while the card itself is chosen: keys that a control in it leaves unused are no keys for the card.
void StepCard::keyPressEvent(QKeyEvent *event) {
    if (!hasFocus())
        return Card::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Delete:
        Q_EMIT removeRequested();
        return;
    case Qt::Key_Space:
        m_enabled->toggle();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        setExpanded(m_body && m_body->isHidden());
        return;
    default:
        Card::keyPressEvent(event);
    }
}

void StepCard::mouseDoubleClickEvent(QMouseEvent *) {
    setExpanded(m_body && m_body->isHidden());
}

} // namespace simclr::ui
