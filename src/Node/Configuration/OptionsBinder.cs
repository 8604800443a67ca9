using System.Reflection;
using NuCypher.P2P.Actors.Configuration;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>
/// Makes immutable option records from a configuration: the property <c>MaxRecords</c> is the key <c>max-records</c>.
/// </summary>
/// <remarks>
/// A property whose type is an options record itself is a section. A new option needs no second list of keys.
/// </remarks>
internal static class OptionsBinder
{
    /// <summary>The record's defaults, changed by what the section says.</summary>
    /// <exception cref="ConfigurationException">A value does not fit.</exception>
    public static T Bind<T>(ConfigSection section) where T : class, new() => (T)Bind(typeof(T), section);

    /// <summary>Every key of a record with the value that it has, in the order of the properties.</summary>
    public static IEnumerable<(string Path, object Value)> Leaves(object options, string section = "") =>
        Bindable(options.GetType()).SelectMany(property =>
        {
            var (path, value) = (section + KeyOf(property), property.GetValue(options)!); // no option is null
            return IsSection(property.PropertyType) ? Leaves(value, $"{path}.") : [(path, value)];
        });

    private static object Bind(Type type, ConfigSection section)
    {
        var options = Activator.CreateInstance(type)!; // a class is not nullable
        foreach (var property in Bindable(type))
            property.SetValue(options, ValueOf(property, property.GetValue(options)!, section));
        return options;
    }

    private static object ValueOf(PropertyInfo property, object defaultValue, ConfigSection section) =>
        defaultValue switch
        {
            int number => section.GetInt32(KeyOf(property), number, min: 0),
            byte number => (byte)section.GetInt32(KeyOf(property), number, min: 0, max: byte.MaxValue),
            bool yes => section.GetBoolean(KeyOf(property), yes),
            string text => section.GetString(KeyOf(property), text),
            Enum choice => ChoiceOf(section, KeyOf(property), choice),
            TimeSpan duration => section.GetTimeSpan(KeyOf(property), duration),
            IReadOnlyList<string> => section.GetStringList(KeyOf(property)),
            _ => Bind(property.PropertyType, section.GetSection(KeyOf(property))),
        };

    // The names of an enumeration are its words, in small letters.
    private static object ChoiceOf(ConfigSection section, string key, Enum defaultValue)
    {
        if (section.GetString(key) is not { } word)
            return defaultValue;
        var names = Enum.GetNames(defaultValue.GetType());
        return Array.Find(names, name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse(defaultValue.GetType(), found)
            : throw section.Error(key,
                $"must be one of {string.Join(", ", names.Select(name => name.ToLowerInvariant()))}.");
    }

    private static IEnumerable<PropertyInfo> Bindable(Type type) =>
        type.GetProperties().Where(
            p => p.SetMethod is { IsPublic: true } && (IsSection(p.PropertyType) || IsValue(p.PropertyType)));

    private static bool IsValue(Type type) => type == typeof(int) || type == typeof(byte) || type == typeof(bool)
        || type == typeof(TimeSpan) || type == typeof(string) || type == typeof(IReadOnlyList<string>)
        || IsOwnEnum(type);

    // Those of others, such as levels of the log, have words of their own.
    private static bool IsOwnEnum(Type type) => type.IsEnum && type.Assembly == typeof(OptionsBinder).Assembly;

    // A record class that can be made with all its defaults.
    private static bool IsSection(Type type) =>
        type.GetMethod("<Clone>$") is not null && type.GetConstructor([]) is not null;

    // A capital begins a word unless it follows another capital: UseIPv6 is use-ipv6.
    private static string KeyOf(PropertyInfo property) => string.Concat(property.Name.Select((letter, i) =>
        i > 0 && char.IsUpper(letter) && !char.IsUpper(property.Name[i - 1])
            ? $"-{letter}"
            : $"{letter}")).ToLowerInvariant();
}
