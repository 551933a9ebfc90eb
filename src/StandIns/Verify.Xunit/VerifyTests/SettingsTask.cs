using System.Runtime.CompilerServices;

namespace VerifyTests;

/// <summary>A verification that starts when it is awaited, so that settings can still be added to it.</summary>
public sealed class SettingsTask
{
    private readonly VerifySettings _settings;
    private readonly Func<VerifySettings, Task> _verify;
    private Task? _task;

    internal SettingsTask(VerifySettings? settings, Func<VerifySettings, Task> verify) =>
        (_settings, _verify) = (new VerifySettings(settings), verify);

    /// <summary>Starts the verification, or returns the one that was started.</summary>
    public static implicit operator Task(SettingsTask settingsTask) => settingsTask.ToTask();

    /// <inheritdoc cref="VerifySettings.UseDirectory"/>
    public SettingsTask UseDirectory(string directory) => With(settings => settings.UseDirectory(directory));

    /// <inheritdoc cref="VerifySettings.UseFileName"/>
    public SettingsTask UseFileName(string fileName) => With(settings => settings.UseFileName(fileName));

    /// <inheritdoc cref="VerifySettings.UseParameters"/>
    public SettingsTask UseParameters(params object?[] parameters) => With(settings => settings.UseParameters(parameters));

    /// <inheritdoc cref="VerifySettings.UseStringComparer"/>
    public SettingsTask UseStringComparer(StringCompare compare) => With(settings => settings.UseStringComparer(compare));

    /// <summary>Starts the verification, or returns the one that was started.</summary>
    public Task ToTask() => _task ??= _verify(_settings);

    /// <summary>Makes the verification awaitable.</summary>
    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

    private SettingsTask With(Action<VerifySettings> change)
    {
        if (_task is not null)
            throw new InvalidOperationException("The verification has started; its settings can no longer change. Set them before awaiting.");
        change(_settings);
        return this;
    }
}
