using System.Reflection;
using System.Text.RegularExpressions;
using NuCypher.P2P.Node.CommandLine;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>Makes immutable option records from settings: the property <c>MaxRecords</c> is the key <c>max-records</c>.</summary>
/// <remarks>A property whose type is an options record itself is a section. Nothing is guessed: a key without a property is an error.</remarks>
internal static partial class OptionsBinder
{
    /// <summary>Binds every setting; of two with one path the later wins.</summary>
    /// <exception cref="CommandException">An unknown key, or a value that does not fit.</exception>
    public static T Bind<T>(IEnumerable<Setting> settings) where T : class, new()
    {
        var left = new Dictionary<string, Setting>();
        foreach (var setting in settings)
            left[setting.Path] = setting;
        var options = (T)Bind(typeof(T), "", left);
        return left.Count == 0 ? options : throw Unknown(left.Values.First());
    }

    /// <summary>Every key of a type with the value that it has, in the order of the properties.</summary>
    public static IEnumerable<(string Path, object Value)> Leaves(object options, string section = "") =>
        Bindable(options.GetType()).SelectMany(property =>
        {
            var (path, value) = (section + KeyOf(property), property.GetValue(options)!);
            return IsSection(property.PropertyType) ? Leaves(value, $"{path}.") : [(path, value)];
        });

    private static object Bind(Type type, string section, Dictionary<string, Setting> left)
    {
        var options = Activator.CreateInstance(type)!; // a class is not nullable
        foreach (var property in Bindable(type))
        {
            var path = section + KeyOf(property);
            if (IsSection(property.PropertyType))
                property.SetValue(options, Bind(property.PropertyType, $"{path}.", left));
            else if (left.Remove(path, out var setting))
                property.SetValue(options, SettingValue.Parse(setting, property.PropertyType));
        }
        return options;
    }

    private static IEnumerable<PropertyInfo> Bindable(Type type) => type.GetProperties()
        .Where(p => p.CanWrite && (IsSection(p.PropertyType) || SettingValue.CanParse(p.PropertyType)));

    private static bool IsSection(Type type) =>
        type.IsClass && type != typeof(string) && type.GetConstructor([]) is not null && type.GetMethod("<Clone>$") is not null;

    private static string KeyOf(PropertyInfo property) => Capital().Replace(property.Name, "-$0").ToLowerInvariant();

    private static CommandException Unknown(Setting setting) => new(
        ExitCode.Configuration,
        $"{setting.Where}: there is no key {setting.Path}",
        "Compare with akka.hocon of the program: it has every key.");

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Capital();
}
