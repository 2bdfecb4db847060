from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="token",
            name="scope",
            field=models.CharField(
                choices=[
                    ("read", "只读"),
                    ("report", "填报：查看，并以本单位名义签收、报送"),
                    ("office", "统筹：查看，并办理统筹办公室的事项"),
                    ("audit", "审计：查阅日志，出具日志证明"),
                    ("system", "系统管理：账号、地区、运行状况"),
                    ("security", "安全管理：角色、管理员、解锁、密码重置"),
                ],
                max_length=10,
                verbose_name="范围",
            ),
        ),
    ]
