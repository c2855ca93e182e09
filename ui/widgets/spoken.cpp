// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/spoken.h"

#include <QAccessibleWidget>
#include <QStringList>
#include <QToolButton>
#include <QWidget>

namespace simclr::ui {

namespace {

/// The accessible interface of a Spoken widget.
class SpokenInterface : public QAccessibleWidget, public QAccessibleValueInterface {
  public:
    SpokenInterface(QWidget &widget, const Spoken &spoken)
        : QAccessibleWidget(&widget, spoken.spokenRole()), m_spoken(spoken) {}

    /// Not every desktop reads the value of static text, so the name includes it.
    QString text(QAccessible::Text kind) const override {
        if (kind == QAccessible::Value)
            return m_spoken.spokenValue();
        const QString name = QAccessibleWidget::text(kind);
        return kind == QAccessible::Name && role() == QAccessible::StaticText
                   ? QStringLiteral("%1: %2").arg(name, m_spoken.spokenValue())
                   : name;
    }
    void *interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface && m_spoken.spokenPercent())
            return static_cast<QAccessibleValueInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QVariant currentValue() const override { return m_spoken.spokenPercent().value_or(0); }
    void setCurrentValue(const QVariant &) override {} // read-only
    QVariant minimumValue() const override { return 0.0; }
    QVariant maximumValue() const override { return 100.0; }
    QVariant minimumStepSize() const override { return {}; }

  private:
    const Spoken &m_spoken;
};

/// The accessible interface of an exclusive QToolButton.
class ChoiceInterface : public QAccessibleWidget {
  public:
    explicit ChoiceInterface(QToolButton &button)
        : QAccessibleWidget(&button, QAccessible::RadioButton), m_button(button) {}

    QString text(QAccessible::Text kind) const override {
        const QString name = QAccessibleWidget::text(kind);
        return kind == QAccessible::Name && name.isEmpty() ? m_button.text() : name;
    }
    QAccessible::State state() const override {
        QAccessible::State state = QAccessibleWidget::state();
        state.checkable = true;
        state.checked = m_button.isChecked();
        return state;
    }
    QStringList actionNames() const override {
        return QStringList{pressAction()} + QAccessibleWidget::actionNames();
    }
    void doAction(const QString &action) override {
        if (action == pressAction())
            m_button.click();
        else
            QAccessibleWidget::doAction(action);
    }

  private:
    QToolButton &m_button;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object) {
    if (auto *button = qobject_cast<QToolButton *>(object); button && button->autoExclusive())
        return new ChoiceInterface(*button);
    auto *widget = qobject_cast<QWidget *>(object);
    const auto *spoken = dynamic_cast<const Spoken *>(object);
    return widget != nullptr && spoken != nullptr ? new SpokenInterface(*widget, *spoken) : nullptr;
}

} // namespace

void installAccessibleInterfaces() {
    static const bool isInstalled = (QAccessible::installFactory(&makeInterface), true);
    Q_UNUSED(isInstalled)
}

Spoken::Spoken() {
    installAccessibleInterfaces();
}

void notifySpokenValue(QWidget &widget) {
    const auto *spoken = dynamic_cast<const Spoken *>(&widget);
    if (spoken == nullptr || !QAccessible::isActive())
        return;
    QAccessibleValueChangeEvent event(&widget, spoken->spokenValue());
    QAccessible::updateAccessibility(&event);
}

} // namespace simclr::ui
